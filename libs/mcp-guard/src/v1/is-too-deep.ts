/** Deeper than any tool's arguments, and far less than what ends the stack of those who walk them. */
export const deepestMessage = 200;

/** Whether a parsed message is nested deeper than is read. Walks level by level, so that depth costs no stack. */
export function isTooDeep(message: unknown): boolean {
  let level: readonly unknown[] = [message];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestMessage) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value).filter((one) => typeof one === 'object') : [],
    );
  }
  return false;
}
