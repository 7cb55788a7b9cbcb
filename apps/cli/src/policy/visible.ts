/** Text of others on a terminal: what would not be seen, or would move the cursor, becomes its code point, such as [U+001B]. */
export function visible(text: string): string {
  return text.replaceAll(/(?!\t)[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
