import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Permission } from './permissions.js';

/** Who may call a resolver method or route. */
export type Access = { readonly permission: Permission } | { readonly publicBecause: string };

export const ACCESS = Symbol('access');

export function Allow(permission: Permission): CustomDecorator<symbol> {
  return SetMetadata<symbol, Access>(ACCESS, { permission });
}

export function Public(reason: string): CustomDecorator<symbol> {
  return SetMetadata<symbol, Access>(ACCESS, { publicBecause: reason });
}
