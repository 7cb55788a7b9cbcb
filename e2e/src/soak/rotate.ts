import type { Admin } from '../stack/admin.js';
import { askRotation } from './proof.js';
import type { HeldCredential, SoakAgent } from './soak-agent.js';
import { newCredential } from './soak-world.js';

/** A credential on its way out, and when its overlap is over. */
export interface Retiring {
  readonly credential: HeldCredential;
  readonly endsAt: number;
  /** One of its tokens. */
  readonly token: string;
}

/** Prepare, activate, hand over, retire: a person's way. */
export async function rotateByAdministrator(admin: Admin, agent: SoakAgent, overlap: number): Promise<Retiring> {
  const { credential, token } = agent;
  const next = await newCredential(admin, agent.id, credential.proof.kind, 'prepareCredential');
  await admin.get('mutation($id: ID!) { activateCredential(id: $id) { revision } }', { id: next.id });
  agent.use(next);
  const { retireCredential } = await admin.get<{ retireCredential: { credential: { retiresAt: number | string } } }>(
    'mutation($id: ID!, $s: Int!) { retireCredential(id: $id, overlapSeconds: $s) { credential { retiresAt } revision } }',
    { id: credential.id, s: overlap },
  );
  return { credential, token, endsAt: new Date(retireCredential.credential.retiresAt).getTime() };
}

/** `POST /oauth/rotate`, as an agent does it alone. */
export async function rotateByAgent(agent: SoakAgent, overlap: number): Promise<Retiring> {
  const { credential, token } = agent;
  const { status, body } = await askRotation(agent.endpoint, agent.id, credential.proof, overlap);
  const { clientSecret, credential: id, retires } = body;
  if (status !== 200 || typeof clientSecret !== 'string')
    throw new Error(`no rotation of ${credential.id}: ${status} ${JSON.stringify(body)}`);
  agent.use({ id: String(id), proof: { kind: 'secret', secret: clientSecret } });
  return { credential, token, endsAt: (retires as { readonly at: number }).at };
}
