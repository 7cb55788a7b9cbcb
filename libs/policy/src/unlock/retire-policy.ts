import type { Denial } from '../check.js';
import { step, type Scene } from './step.js';

/** What a policy says cannot be argued with symbolically; taken away, the call is decided without it. */
export function retirePolicy({ state }: Scene, { rule }: Denial) {
  const id = rule?.slice('policy:'.length) ?? '';
  const policy = state.policies.byId.get(id);
  if (!policy) return 'The policy that stands against it cannot be read.';
  const named = policy.name === id ? id : `${policy.name} (${id})`;
  return [
    step('retire-policy', `Retire policy ${named}, or publish it with a text that does not speak of this call`, {
      values: { policy: id },
      feed: [{ kind: 'policy', id, value: null }],
    }),
  ];
}
