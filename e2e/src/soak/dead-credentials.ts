import { setTimeout as after } from 'node:timers/promises';
import type { Admin } from '../stack/admin.js';
import { converged } from '../stack/converged.js';
import { askRotation, askToken, type Endpoint, type Proof } from './proof.js';
import type { Retiring } from './rotate.js';
import { SoakAgent } from './soak-agent.js';
import { end, newCredential } from './soak-world.js';
import type { Tally } from './tally.js';

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });

async function isTokenTaken({ resource }: Endpoint, token: string): Promise<boolean> {
  const response = await fetch(resource, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: list,
  });
  await response.body?.cancel();
  return response.status !== 401;
}

async function isGivenToken(endpoint: Endpoint, agent: string, proof: Proof): Promise<boolean> {
  return (await askToken(endpoint, agent, proof)).status === 200;
}

/** Past its overlap a credential gets no token, and what it got before is worth nothing. */
export async function tryRetired(agent: SoakAgent, retired: Retiring, tally: Tally): Promise<void> {
  await after(Math.max(0, retired.endsAt - Date.now()) + 1);
  const { credential, token } = retired;
  tally.dead(await isGivenToken(agent.endpoint, agent.id, credential.proof), `a token by retired ${credential.id}`);
  tally.dead(await isTokenTaken(agent.endpoint, token), `a token of retired ${credential.id}`);
}

async function successorOf(agent: SoakAgent, proof: Proof): Promise<Proof> {
  const { status, body } = await askRotation(agent.endpoint, agent.id, proof, 60);
  if (status !== 200) throw new Error(`no rotation: ${status} ${JSON.stringify(body)}`);
  return { kind: 'secret', secret: String(body['clientSecret']) };
}

/**
 * A second credential of a working agent is ended while it is in use: from the moment the guards have applied it, neither it nor
 * what was derived from it does anything, and the agent itself goes on.
 */
export async function tryEnded(
  admin: Admin,
  agent: SoakAgent,
  how: 'revokeCredential' | 'taintCredential',
  tally: Tally,
): Promise<void> {
  const { id, endpoint } = agent;
  const spare = await newCredential(admin, id, 'secret', 'issueCredential');
  const proofs = how === 'taintCredential' ? [spare.proof, await successorOf(agent, spare.proof)] : [spare.proof];
  const users = proofs.map((proof) => new SoakAgent(id, endpoint, { id: spare.id, proof }, tally));
  for (const user of users) await user.call();
  await converged(admin, await end(admin, how, spare.id));
  for (const user of users) {
    tally.dead(await isTokenTaken(endpoint, user.token), `a token of ${spare.id} after ${how}`);
    tally.dead(await isGivenToken(endpoint, id, user.credential.proof), `a token by ${spare.id} after ${how}`);
    await user.close();
  }
}
