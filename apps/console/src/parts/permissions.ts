import { createContext, useContext } from 'react';

export type Permission =
  | 'agents:write'
  | 'credentials:write'
  | 'servers:write'
  | 'grants:write'
  | 'policies:write'
  | 'tokens:write'
  | 'kill:engage'
  | 'records:read'
  | 'read';

export const PermissionsContext = createContext<readonly string[]>([]);

/** Says nothing about authority: the server decides. It only lets a control say beforehand what the server will answer. */
export function useMay(permission: Permission): boolean {
  return useContext(PermissionsContext).includes(permission);
}
