export interface TextRun {
  readonly text: string;
  /** True for a stand-in drawn in place of a character that would not be seen, or would change how others are seen. */
  readonly marked: boolean;
}

const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;

/** Splits text of unknown origin into runs safe to draw: what cannot be seen becomes its code point, such as U+202E. */
export function visibleRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let plain = '';
  for (const character of text) {
    if (!unseen.test(character)) {
      plain += character;
      continue;
    }
    if (plain) runs.push({ text: plain, marked: false });
    plain = '';
    runs.push({ text: codePointName(character), marked: true });
  }
  if (plain) runs.push({ text: plain, marked: false });
  return runs;
}

/** The same for places that take a string: attributes, titles, button names. */
export function visibleString(text: string): string {
  return visibleRuns(text)
    .map((run) => (run.marked ? `[${run.text}]` : run.text))
    .join('');
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
