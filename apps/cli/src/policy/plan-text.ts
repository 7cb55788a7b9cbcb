import type { Plan } from './plan-answer.js';
import type { Difference } from './differences.js';
import { policyLines } from './policy-lines.js';
import { visible } from './visible.js';

const signs = { create: '+', change: '~', revoke: '-', retire: '-' } as const;
const verbs = { create: 'to create', change: 'to change', revoke: 'to revoke', retire: 'to retire' } as const;

/** A plan for people: what changes, then who could do what, newly allowed on top. */
export function planLines(made: readonly Difference[], unmanaged: readonly string[], plan: Plan): readonly string[] {
  const rest = unmanaged.map((text) => `note: ${text}`);
  if (made.length === 0) return [`Nothing to do: the files say what is in force (revision ${plan.revision}).`, ...rest];
  const counts = (['create', 'change', 'revoke', 'retire'] as const)
    .map((act) => [made.filter((one) => one.act === act).length, verbs[act]] as const)
    .filter(([count]) => count > 0)
    .map(([count, verb]) => `${count} ${verb}`);
  return [
    `Plan at revision ${plan.revision}: ${counts.join(', ')}.`,
    ...made.flatMap(({ act, kind, id, file, line }) => {
      const policy = kind === 'policy' ? plan.policies.find((one) => one.id === id) : undefined;
      return [
        `  ${signs[act]} ${kind} ${id}  (${file}${line === undefined ? '' : `:${line}`})`,
        ...(policy ? policyLines(policy).map((text) => `      ${text}`) : []),
      ];
    }),
    ...accessLines(plan),
    ...rest,
  ].map(visible);
}

function accessLines({ counts, differences, cannotKnow }: Plan): readonly string[] {
  const unknown = cannotKnow.map((text) => `  not in this: ${text}`);
  if (counts.length === 0) {
    const grantsAlone = 'The grants give nobody more or less afterwards.';
    return [unknown.length === 0 ? 'Nobody may call more or less afterwards.' : grantsAlone, ...unknown];
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const more = total - differences.length;
  return [
    `Who may call what afterwards: ${counts.map(({ change, count }) => `${count} ${change.replace('-', ' ')}`).join(', ')}.`,
    ...differences.map(({ change, agent, tool, role, tasks, before, after }) => {
      const side = change === 'newly-denied' ? before : after;
      const words = side?.grants.map(
        ({ conditions, obligations }) => [...conditions, ...obligations].join('; ') || 'whatever the arguments',
      );
      return `  ${change.replace('-', ' ')}: ${agent} ${tool} as ${role} (${tasks.join(', ')})${words && words.length > 0 ? `: ${words.join(' | ')}` : ''}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...unknown,
  ];
}
