import type { Denial } from '../check.js';
import { step, type Scene } from './step.js';

/** Two people release a kill switch; there is no other way past it. */
export function releaseStop({ state }: Scene, { rule }: Denial) {
  const id = rule?.slice('kill-switch:'.length) ?? '';
  const stop = state.stops.byId.get(id);
  if (!stop) return 'The kill switch that stops it cannot be read.';
  const { scope, target } = stop;
  const on = target === '' ? 'everything' : `${scope} ${target}`;
  return [
    step('release-kill-switch', `Release kill switch ${id} on ${on} (needs two people)`, {
      people: 2,
      values: { engagement: id, scope, target },
      feed: [{ kind: 'kill-switch', id, value: { scope, target, status: 'released', engagedAt: 0 } }],
    }),
  ];
}
