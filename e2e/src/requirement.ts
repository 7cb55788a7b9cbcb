/** A promise of the product, in words its users can hold us to. */
export interface Requirement {
  readonly id: string;
  readonly sentence: string;
  /** How soon, how many or how much; what a reader would measure. */
  readonly bound: string;
  /** Where it was promised: a point of an issue, or a protocol rule. */
  readonly source: readonly string[];
}
