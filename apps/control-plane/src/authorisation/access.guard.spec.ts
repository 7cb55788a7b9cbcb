import type { ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Reflector } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.js';
import { Refusal } from '../platform/refusal.js';
import { AccessGuard } from './access.guard.js';
import { Allow, Public } from './allow.js';
import type { Permission } from './permissions.js';
import type { Viewer } from './viewer.js';
import { csrfTokenFor } from './csrf.js';

class Doors {
  undeclared(): void {}

  @Allow('agents:write')
  agents(): void {}

  @Public('for whoever knocks')
  open(): void {}
}

const secret = 's'.repeat(43);
const config = readConfig({ DATABASE_URL: 'postgres://localhost/none', PORTCULLIS_PORT: '5600' });
const guard = new AccessGuard(new Reflector(), config, secret);

interface Knock {
  readonly door: keyof Doors;
  readonly operation?: 'query' | 'mutation';
  readonly holds?: readonly Permission[];
  readonly headers?: Record<string, string>;
  readonly by?: 'session' | 'token';
  readonly refused?: Refusal;
}

const shown = {
  session: { sessionId: 's1', apiToken: null },
  token: { sessionId: null, apiToken: 'at_1' },
} as const;

function knock({ door, operation = 'query', holds, headers = {}, by = 'session', refused }: Knock): boolean {
  const viewer: Viewer | null = holds
    ? { ...shown[by], personId: 'p1', email: 'a@b.c', name: 'A', permissions: new Set(holds) }
    : null;
  const request = { kind: 'http', requestId: 'r', req: { headers }, res: {}, viewer, refused: refused ?? null };
  const host = new ExecutionContextHost([{}, {}, request, { operation: { operation } }], Doors, Doors.prototype[door]);
  host.setType('graphql');
  return guard.canActivate(host as ExecutionContext);
}

const codeOf = (asked: Knock): unknown => {
  try {
    return knock(asked);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};
const csrf = { 'x-portcullis-csrf': csrfTokenFor('s1', secret) };

describe('who may call what', () => {
  it('names the permission that is missing', () => {
    expect(() => knock({ door: 'agents', holds: ['read'] })).toThrow('without the permission agents:write');
  });

  it('refuses what declares nothing, even to somebody who may do everything', () => {
    expect(codeOf({ door: 'undeclared', holds: ['read', 'agents:write'] })).toBe('forbidden');
  });

  it.each<[string, Knock, unknown]>([
    ['nobody signed in', { door: 'agents' }, 'unauthenticated'],
    ['a mutation by a token', { door: 'agents', operation: 'mutation', holds: ['agents:write'], by: 'token' }, true],
    ['a token without the permission', { door: 'agents', holds: ['read'], by: 'token' }, 'forbidden'],
    [
      'a token that does not count',
      { door: 'agents', refused: new Refusal('unauthenticated', 'no') },
      'unauthenticated',
    ],
    ['the same at an open door', { door: 'open', refused: new Refusal('unauthenticated', 'no') }, 'unauthenticated'],
    ['another permission', { door: 'agents', holds: ['read'] }, 'forbidden'],
    ['the permission', { door: 'agents', holds: ['agents:write'] }, true],
    ['a mutation without a token', { door: 'agents', operation: 'mutation', holds: ['agents:write'] }, 'csrf_refused'],
    [
      'a mutation with the token of another session',
      {
        door: 'agents',
        operation: 'mutation',
        holds: ['agents:write'],
        headers: { 'x-portcullis-csrf': csrfTokenFor('s2', secret) },
      },
      'csrf_refused',
    ],
    [
      'a mutation with its own token',
      { door: 'agents', operation: 'mutation', holds: ['agents:write'], headers: csrf },
      true,
    ],
    ['an open query', { door: 'open', headers: { origin: 'https://evil.example' } }, true],
    [
      'an open mutation of a foreign page',
      { door: 'open', operation: 'mutation', headers: { origin: 'https://evil.example' } },
      'origin_refused',
    ],
    [
      'an open mutation of a page without an origin',
      { door: 'open', operation: 'mutation', headers: { origin: 'null' } },
      'origin_refused',
    ],
    [
      'an open mutation of our page',
      { door: 'open', operation: 'mutation', headers: { origin: 'http://127.0.0.1:5600' } },
      true,
    ],
    ['an open mutation without a browser', { door: 'open', operation: 'mutation' }, true],
  ])('%s: %j -> %s', (_name, asked, wanted) => {
    expect(codeOf(asked)).toBe(wanted);
  });
});
