import { accessTokenSchema, type AccessTokenClaims, type Posture } from '@portcullis/contracts';
import { definitionHash } from '@portcullis/contracts/signed';
import type { Call } from '@portcullis/policy';
import type { Case } from './load.js';

const tokenLifeSeconds = 300;

/** The issuer in every claim set made from a case. */
export const caseIssuer = 'http://localhost:4000';

/**
 * The claims the token endpoint would issue for the case's call: the scope's role, or the one role the agent holds in the
 * server's environment; the scope's task, or `lookup`; issued now, at the case's revision, for the server called. What
 * `call.token` names differs. Throws when the scope names no role and the agent does not hold exactly one.
 */
export function claimsFor(theCase: Case): AccessTokenClaims {
  const { call, given } = theCase;
  const scope = scopeOf(theCase);
  const issuedAt = Math.floor(Date.parse(given.now) / 1000);
  const { expiresAt, ...different } = call.token ?? {};
  return accessTokenSchema.parse({
    iss: caseIssuer,
    aud: theCase.world.servers[call.server]?.resource ?? 'http://nowhere.invalid/mcp',
    sub: call.agent,
    client_id: call.agent,
    iat: issuedAt,
    exp: expiresAt === undefined ? issuedAt + tokenLifeSeconds : Date.parse(expiresAt) / 1000,
    jti: `token of ${theCase.file}`,
    scope: call.scope,
    agent: call.agent,
    credential: call.credential,
    instance: scope.get('instance') ?? `${call.agent}-1`,
    role: scope.get('role') ?? onlyRole(theCase),
    environment: environmentOf(theCase),
    task: scope.get('task') ?? 'lookup',
    rev: given.revision,
    ...(call.user === undefined ? {} : { user: call.user }),
    ...(call.conversation === undefined ? {} : { conversation: call.conversation }),
    ...different,
  });
}

/** The case as a call to decide. */
export function callFor(theCase: Case): Call {
  const { call, given } = theCase;
  return {
    claims: claimsFor(theCase),
    server: call.server,
    tool: call.tool,
    arguments: call.arguments,
    definition: announcedHash(theCase),
    now: Date.parse(given.now),
    signals: call.signals,
    ...postureOf(theCase),
  };
}

/** The hash of what the server says of the tool, as a guard's host tells it. */
export function announcedHash({ call }: Case): string | undefined {
  return call.definition && definitionHash({ name: call.tool, ...call.definition });
}

/** The case's posture, with the seconds since the lease ran out. */
export function postureOf({ given }: Case): { readonly posture: Posture; readonly staleSeconds: number } {
  return typeof given.posture === 'string'
    ? { posture: given.posture, staleSeconds: 0 }
    : { posture: 'stale', staleSeconds: given.posture.stale };
}

function scopeOf({ call }: Case): ReadonlyMap<string, string> {
  const tokens = call.scope.split(' ').filter((token) => token !== '');
  return new Map(tokens.map((token) => [token.slice(0, token.indexOf(':')), token.slice(token.indexOf(':') + 1)]));
}

function environmentOf({ world, call }: Case): string {
  return world.servers[call.server]?.environment ?? 'nowhere';
}

function onlyRole(theCase: Case): string {
  const { world, call, file } = theCase;
  const held = Object.values(world.assignments).filter(
    ({ agent, environment }) => agent === call.agent && environment === environmentOf(theCase),
  );
  const [first, ...others] = [...new Set(held.map(({ role }) => role))];
  if (first === undefined || others.length > 0)
    throw new Error(`${file}: call.scope: name a role, because ${call.agent} does not hold exactly one there`);
  return first;
}
