/** Where grants of one conversation lie. No identifier holds a space. */
export function widenedKey(conversation: string, role: string): string {
  return `${conversation} ${role}`;
}
