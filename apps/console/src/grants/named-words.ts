/**
 * The words of a closed list of the contracts, by its type alone: the schemas there would weigh more than the page. A list that
 * grows there does not compile here until it is complete.
 */
export function namedWords<Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] {
  return Object.keys(words);
}
