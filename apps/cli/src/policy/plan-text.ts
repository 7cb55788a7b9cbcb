import type { AccessPlan } from './api.js';
import type { Difference } from './differences.js';

const signs = { create: '+', change: '~', revoke: '-' } as const;
const verbs = { create: 'to create', change: 'to change', revoke: 'to revoke' } as const;

/** A plan for people: what changes, then who could do what, newly allowed on top. */
export function planLines(
  made: readonly Difference[],
  unmanaged: readonly string[],
  plan: AccessPlan,
): readonly string[] {
  const rest = unmanaged.map((text) => `note: ${text}`);
  if (made.length === 0) return [`Nothing to do: the files say what is in force (revision ${plan.revision}).`, ...rest];
  const counts = (['create', 'change', 'revoke'] as const)
    .map((act) => [made.filter((one) => one.act === act).length, verbs[act]] as const)
    .filter(([count]) => count > 0)
    .map(([count, verb]) => `${count} ${verb}`);
  return [
    `Plan at revision ${plan.revision}: ${counts.join(', ')}.`,
    ...made.map(
      ({ act, kind, id, file, line }) =>
        `  ${signs[act]} ${kind} ${id}  (${file}${line === undefined ? '' : `:${line}`})`,
    ),
    ...accessLines(plan),
    ...rest,
  ];
}

function accessLines({ counts, differences }: AccessPlan): readonly string[] {
  if (counts.length === 0) return ['Nobody may call more or less afterwards.'];
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
  ];
}
