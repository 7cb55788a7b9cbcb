import type { CedarValueJson, Entities, EntityUidJson } from '@cedar-policy/cedar-wasm/nodejs';
import { tasks } from '@portcullis/contracts';
import type { Call } from '../index.js';
import { decimalText } from './cedar-value.fixture.js';
import type { OracleWorld } from './oracle-world.fixture.js';

type Context = Record<string, CedarValueJson>;

/** A call as Cedar is asked about it. */
export interface CedarRequest {
  readonly principal: EntityUidJson;
  readonly action: EntityUidJson;
  readonly resource: EntityUidJson;
  readonly context: Context;
  readonly entities: Entities;
}

export function cedarRequest(world: OracleWorld, call: Call): CedarRequest {
  return {
    principal: { type: 'Agent', id: call.claims.agent },
    action: { type: 'Action', id: 'call' },
    resource: { type: 'Tool', id: `${call.server}/${call.tool}` },
    context: contextOf(world, call),
    entities: entitiesOf(world),
  };
}

function entitiesOf({ server, tools }: OracleWorld): Entities {
  return Object.entries(tools).map(([id, { classes, server: at }]) => ({
    uid: { type: 'Tool', id },
    attrs: {},
    parents: [
      { type: 'Server', id: at },
      { type: 'Environment', id: server.environment },
      ...(classes.length === 0 ? ['destructive'] : classes).map((name) => ({ type: 'Class', id: name })),
    ],
  }));
}

function contextOf(world: OracleWorld, { claims, server, posture, staleSeconds, now, arguments: args }: Call): Context {
  const { agent, sub, act, user, conversation, via = [] } = claims;
  const record = conversation === undefined ? undefined : world.conversations[conversation];
  const actors = [agent, ...(act?.act ? [act.act.sub] : [])];
  return {
    ...{ agent, sub, server, posture, staleSeconds, now, actors },
    ...{ credential: claims.credential, role: claims.role, aud: claims.aud, jti: claims.jti, rev: claims.rev },
    environment: claims.environment,
    serverEnvironment: world.server.environment,
    task: tasks.indexOf(claims.task),
    exp: claims.exp * 1000,
    isExchanged: act !== undefined,
    grounds: [...via, ...(record?.credential == null ? [] : [record.credential])],
    buckets: actors.map((actor) => `${actor} ${user ?? ''}`),
    attributes: recordOf(record?.attributes ?? {}),
    arguments: recordOf(args as Readonly<Record<string, unknown>>),
    ...(user === undefined ? {} : { user }),
    ...(conversation === undefined ? {} : { conversation }),
  };
}

function recordOf(values: Readonly<Record<string, unknown>>): Context {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOf(value)]));
}

/** `null` is given and is no value of any kind: an empty record, which equals nothing that a constraint names. */
function valueOf(value: unknown): CedarValueJson {
  if (value === null) return {};
  if (typeof value === 'number') return { __extn: { fn: 'decimal', arg: decimalText(value) } };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return recordOf(value as Readonly<Record<string, unknown>>);
}
