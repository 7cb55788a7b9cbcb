import type { Attempt } from './attempt.js';
import type { Bystander } from './bystander.js';
import type { Stage } from './stage.js';
import { summarise } from './tally.js';

const outcomes: Readonly<Record<Attempt['outcome'], string>> = {
  allow: 'paid',
  deny: 'refused',
  hold: 'held',
  aborted: 'aborted',
  error: 'failed',
};

/** A table with plain words, for a person. */
export function tableStage(write: (line: string) => void, total: number, bystander: Pick<Bystander, 'reads'>): Stage {
  const attempts: Attempt[] = [];
  let isStopSeen = false;
  return {
    told: write,
    tried(attempt) {
      if (attempts.push(attempt) === 1) write(header());
      write(row(attempt, total, bystander.reads));
      if (attempt.reason !== 'kill_switch' || isStopSeen) return;
      isStopSeen = true;
      write(
        `      ^ the kill switch is in force since revision ${attempt.revision}. It goes on trying; nothing passes.`,
      );
    },
    ended: ({ reads, failures }) => ending(attempts, reads, failures).forEach(write),
  };
}

function header(): string {
  return [
    'To stop it: open the console and press Kill switch, or run: portcullis kill agent cs-prod',
    '',
    [
      'try'.padStart(7),
      'amount'.padStart(8),
      'outcome'.padEnd(8),
      'reason'.padEnd(16),
      'rev'.padStart(5),
      'ms'.padStart(6),
      'research',
    ].join('  '),
  ].join('\n');
}

function row({ n, amount, outcome, reason, revision, ms }: Attempt, total: number, reads: number): string {
  const cells = [
    `${n}/${total}`.padStart(7),
    amount.toFixed(2).padStart(8),
    outcomes[outcome].padEnd(8),
    (reason ?? '').padEnd(16),
    String(revision ?? '').padStart(5),
    String(ms).padStart(6),
    `${reads} read`,
  ];
  return cells.join('  ');
}

function ending(attempts: readonly Attempt[], reads: number, failures: number): string[] {
  const { attempted, allowed, aborted, refused, stoppedByRevision } = summarise(attempts);
  const paid = attempts.filter(({ outcome }) => outcome === 'allow').reduce((sum, { amount }) => sum + amount, 0);
  const causes = Object.entries(refused).map(([reason, count]) => `${count} ${reason}`);
  return [
    '',
    `${attempted} refunds tried: ${allowed} paid (${paid.toFixed(2)} in all), ${aborted} aborted while running, ${causes.join(', ') || '0'} refused.`,
    stoppedByRevision === null ? 'Nobody pressed the kill switch.' : `Stopped by revision ${stoppedByRevision}.`,
    `The other agent, research, went on meanwhile: ${reads} tickets read, ${failures} failures.`,
  ];
}
