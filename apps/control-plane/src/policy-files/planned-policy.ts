import { isDeepStrictEqual } from 'node:util';
import type { PolicyTest } from '@portcullis/contracts';
import { toolsIn, type PolicyCatalogue } from '@portcullis/policy';
import type { Judgement } from '../policies/judge-policy.js';
import type { VersionRow } from '../policies/policy-rows.js';
import { lineDiff, type DiffLine } from '../text-diff/line-diff.js';
import type { PlannedPolicy, PolicyTestChange } from './policy-plan.model.js';

interface Change {
  readonly live: VersionRow | undefined;
  readonly version: VersionRow;
  readonly judged: Judgement;
  readonly catalogue: PolicyCatalogue;
  readonly needsReview: boolean;
}

export function plannedChange(id: string, { live, version, judged, catalogue, needsReview }: Change): PlannedPolicy {
  const tools = toolsIn(catalogue, judged.told?.environment ?? null, judged.told?.places ?? []);
  return {
    ...{ id, act: live ? 'change' : 'create', version: version.number, needsReview },
    author: version.author,
    name: version.name,
    nameBefore: live?.name ?? null,
    lines: changedLines(live?.text, version.text),
    testChanges: testChanges(live?.tests ?? [], version.tests),
    results: [...judged.results],
    tools: tools.map(({ id: tool }) => tool),
  };
}

export function plannedEnd(id: string): PlannedPolicy {
  const nothing = { version: null, needsReview: false, author: null, name: null, nameBefore: null };
  return { id, act: 'retire', ...nothing, lines: [], testChanges: [], results: [], tools: [] };
}

function changedLines(before: string | undefined, after: string): DiffLine[] {
  const lines = lineDiff(unixLines(before ?? ''), unixLines(after)).filter(({ kind }) => kind !== 'same');
  return before === undefined ? lines.filter(({ kind }) => kind === 'added') : lines;
}

const unixLines = (text: string) => text.replaceAll('\r\n', '\n');

function testChanges(before: readonly PolicyTest[], after: readonly PolicyTest[]): PolicyTestChange[] {
  const was = new Map(before.map((test) => [test.name, test]));
  const removed = before.filter(({ name }) => after.every((test) => test.name !== name));
  return [
    ...removed.map(({ name }) => ({ change: 'removed' as const, name })),
    ...after.flatMap((test): PolicyTestChange[] => {
      const held = was.get(test.name);
      if (held && isDeepStrictEqual(held, test)) return [];
      return [{ change: held ? 'changed' : 'added', name: test.name }];
    }),
  ];
}
