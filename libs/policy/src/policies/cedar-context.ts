import type { SignalName } from '@portcullis/contracts';
import type { HashEngine } from '../engines.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { provenanceOf } from './call-provenance.js';
import type { CedarJson } from './cedar-json.js';
import { civilTime } from './civil-time.js';
import { decimalText } from './cedar-value.js';

type Source = (state: State, call: Call) => CedarJson | undefined;

/** What policies may read below `context` beside `arguments` and `signals`; `undefined` is absent. All of it comes with the call or the state. */
const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['role', (_state, { claims }) => claims.role],
  ['task', (_state, { claims }) => claims.task],
  ['instance', (_state, { claims }) => claims.instance],
  ['user', (_state, { claims }) => claims.user],
  ['conversation', conversationOf],
  ['time', (_state, { now }) => timeOf(now)],
]);

/** What the host knows is taken as it is; where values come from is worked out here unless it has said that too. */
export function cedarSignals(
  state: State,
  call: Call,
  read: ReadonlySet<SignalName>,
  hash: HashEngine | undefined,
): CedarJson {
  const { recentRate, labels, scorer, provenance } = call.signals ?? {};
  const arg = scorer === undefined ? undefined : decimalText(scorer);
  const from = read.has('provenance') ? (provenance ?? (hash && provenanceOf(state, call, hash))) : undefined;
  return present({
    recentRate,
    provenance: from,
    labels: labels && present({ trust: labels.trust, secrecy: labels.secrecy }),
    scorer: arg === undefined ? undefined : { __extn: { fn: 'decimal', arg } },
  });
}

/** The part of the context that is read. What it does not know is absent: reading it is an error, and so a denial. */
export function cedarContext(state: State, call: Call, names: ReadonlySet<string>): Record<string, CedarJson> {
  const context: Record<string, CedarJson> = {};
  for (const name of names) {
    const value = sources.get(name)?.(state, call);
    if (value !== undefined) context[name] = value;
  }
  return context;
}

/** Attributes are read as text, whatever they are: a host's `42` is "42". */
function conversationOf({ conversations }: State, { claims }: Call): CedarJson | undefined {
  const record = claims.conversation === undefined ? undefined : conversations.get(claims.conversation);
  return record && Object.fromEntries(Object.entries(record.attributes).map(([name, value]) => [name, String(value)]));
}

/** Control time in UTC. */
function timeOf(now: number): CedarJson | undefined {
  const time = civilTime(now);
  return time && { at: { __extn: { fn: 'datetime', arg: time.text } }, hour: time.hour, weekday: time.weekday };
}

function present(fields: Readonly<Record<string, CedarJson | undefined>>): CedarJson {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, CedarJson] => entry[1] !== undefined),
  );
}
