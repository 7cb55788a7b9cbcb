/** What a value of a tool's arguments is, by the tool's input schema. */
export type ParameterType = 'number' | 'string' | 'boolean' | 'array' | 'object';

interface FieldSays {
  /** Its name in the constraint or obligation; `amount.max` stands for a field within a field. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Where what belongs here can be looked up, beside the page so that what is being written stays. */
  readonly see?: { readonly to: string; readonly words: string };
  /** Left out when it is empty; without this the server says what belongs there. */
  readonly isOptional?: boolean;
}

/**
 * One input of a form. `lines` and `scalars` are lists, one entry a line; `by-name` is a list for each name, a line each as
 * `name: one, two`; `flag` is true or left out.
 */
export type FieldForm = FieldSays &
  (
    | { readonly as: 'number' | 'text' | 'scalar' | 'scalars' | 'lines' | 'by-name' | 'path' | 'flag' }
    | { readonly as: 'offered' | 'choice' | 'choices'; readonly options: readonly string[] }
    | { readonly as: 'parts'; readonly one: string }
  );

/** How one kind of constraint or obligation is written: its words in the list of kinds, and its fields. */
export interface PartForm {
  readonly kind: string;
  readonly label: string;
  /** The types of parameter it is offered first for. */
  readonly fits?: readonly ParameterType[];
  readonly fields: readonly FieldForm[];
}
