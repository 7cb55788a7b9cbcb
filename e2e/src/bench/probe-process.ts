import { decisionProbe } from './decision-probe.js';
import type { Probe } from './figures.js';
import { policyInScope } from './policy-in-scope.js';
import { whoCanProbe } from './who-can.js';

const probes = { grants: decisionProbe, policy: policyInScope, 'who-can': whoCanProbe } satisfies Record<
  string,
  (n: number) => Probe | Promise<Probe>
>;
export type ProbeKind = keyof typeof probes;

async function main([kind, n]: readonly string[]): Promise<void> {
  const probe = await probes[kind as ProbeKind](Number(n));
  process.on('message', ({ type }: { type: string }) => {
    if (type === 'measure') process.send?.({ type: 'measured', figures: probe() });
  });
  process.on('disconnect', () => process.exit(0));
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  process.send?.({ type: 'failed', why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
});
