type Named = Readonly<Record<string, unknown>>;

/** Deeper than any tool's arguments, and far less than what ends the stack of those who walk them. */
export const deepestMessage = 200;

/** Whether a parsed message is nested deeper than is read. Goes no deeper itself, so that depth costs no stack. */
export function isTooDeep(message: unknown, levelsLeft = deepestMessage): boolean {
  if (typeof message !== 'object') return false;
  if (levelsLeft < 0) return true;
  for (const name in message) if (isTooDeep((message as Named)[name], levelsLeft - 1)) return true;
  return false;
}
