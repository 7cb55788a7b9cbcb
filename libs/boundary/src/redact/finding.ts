/** Where something was found in a text: from, to (past its end), and what it is called. */
export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

/** Finds in a text. Its cost grows with the length of the text and with nothing else. */
export type Finder = (text: string) => Iterable<Finding>;

/** A finder for every match of an expression whose every repetition is bounded, so that it cannot take long. */
export function byExpression(what: string, expression: RegExp): Finder {
  return function* (text) {
    for (const match of text.matchAll(expression)) yield { from: match.index, to: match.index + match[0].length, what };
  };
}
