import { toolsIn, type PolicyCatalogue } from '@portcullis/policy';
import type { Judgement } from '../policies/judge-policy.js';
import type { VersionRow } from '../policies/policy-rows.js';
import { lineDiff, type DiffLine } from '../text-diff/line-diff.js';
import type { PlannedPolicy } from './policy-plan.model.js';

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
    results: [...judged.results],
    tools: tools.map(({ id: tool }) => tool),
  };
}

export function plannedEnd(id: string): PlannedPolicy {
  const nothing = { version: null, needsReview: false, author: null, name: null, nameBefore: null };
  return { id, act: 'retire', ...nothing, lines: [], results: [], tools: [] };
}

function changedLines(before: string | undefined, after: string): DiffLine[] {
  const lines = lineDiff(unixLines(before ?? ''), unixLines(after)).filter(({ kind }) => kind !== 'same');
  return before === undefined ? lines.filter(({ kind }) => kind === 'added') : lines;
}

const unixLines = (text: string) => text.replaceAll('\r\n', '\n');
