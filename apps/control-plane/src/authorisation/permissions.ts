/** What a person may be allowed to do. The first admin holds all of them. */
export const permissions = [
  'read',
  'agents:write',
  'credentials:write',
  'servers:write',
  'grants:write',
  'policies:write',
  'tokens:write',
  'kill:engage',
  'records:read',
] as const;
export type Permission = (typeof permissions)[number];

export function isPermission(text: string): text is Permission {
  return permissions.some((permission) => permission === text);
}
