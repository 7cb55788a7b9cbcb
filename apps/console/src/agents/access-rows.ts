import type { EffectiveAccessQuery, Task } from '../gql/graphql.js';

type Row = EffectiveAccessQuery['effectiveAccess']['rows'][number];

/** Tasks that are answered alike: by the same rule, under the same conditions, or for the same reason. `detail` where it is the same too. */
export interface Answer extends Pick<Row, 'outcome' | 'reason' | 'rule' | 'detail' | 'grants' | 'observed'> {
  readonly tasks: readonly Task[];
}

/** What one role may do with a tool at one server; `role` is null where the agent holds none. */
export interface Standing {
  readonly id: string;
  readonly server: string;
  readonly role: string | null;
  readonly answers: readonly Answer[];
}

export interface ToolRow {
  readonly name: string;
  readonly byEnvironment: ReadonlyMap<string, readonly Standing[]>;
}

/** Tool by environment, each tool by its name, in the order in which the rows came. */
export function accessRows(rows: readonly Row[]): readonly ToolRow[] {
  return [...groups(rows, ({ name }) => name)].map(([name, ofTool]) => ({
    name,
    byEnvironment: new Map(
      [...groups(ofTool, ({ environment }) => environment)].map(([environment, here]) => [
        environment,
        standings(here),
      ]),
    ),
  }));
}

export function environmentsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.map(({ environment }) => environment))].sort();
}

function standings(rows: readonly Row[]): readonly Standing[] {
  return [...groups(rows, ({ server, role }) => JSON.stringify([server, role]))].flatMap(([id, [first, ...rest]]) =>
    first ? [{ id, server: first.server, role: first.role, answers: answers([first, ...rest]) }] : [],
  );
}

function answers(rows: readonly Row[]): readonly Answer[] {
  const alike = ({ outcome, reason, rule, grants, observed }: Row) =>
    JSON.stringify([outcome, reason, rule, grants, observed?.outcome, observed?.reason, observed?.rule]);
  return [...groups(rows, alike).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { outcome, reason, rule, grants } = first;
    const observed = first.observed;
    const detail = same.every((one) => detailOf(one) === detailOf(first)) ? detailOf(first) : null;
    return [{ outcome, reason, rule, detail, grants, observed, tasks: same.flatMap(({ task }) => task ?? []) }];
  });
}

const detailOf = ({ detail, observed }: Row) => (observed === null ? detail : observed.detail);

function groups<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, Value[]> {
  const found = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = found.get(key);
    if (group) group.push(value);
    else found.set(key, [value]);
  }
  return found;
}
