/** Ends the reading of a text that the constraint does not allow. The message is said after the parameter's path. */
export class NotAllowed extends Error {}

/** @throws NotAllowed with the words, to be read after the parameter's path. */
export function refuse(words: string): never {
  throw new NotAllowed(words);
}
