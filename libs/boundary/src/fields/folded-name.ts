/**
 * The name by which members are compared when something is taken away: without regard to case, width, composition and
 * invisible characters, so that a server cannot rename a member into another that reads the same.
 */
export function foldedName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}\s]/gu, '')
    .toLowerCase();
}
