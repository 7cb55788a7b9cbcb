import { randomUUID } from 'node:crypto';
import type { Admin } from './admin.js';

export interface Engaged {
  readonly engagement: string;
  readonly revision: number;
}

/** Engages a kill switch through the API. */
export async function engage(admin: Admin, scope: string, target: string, id: string = randomUUID()): Promise<Engaged> {
  const { engageKillSwitch } = await admin.get<{ engageKillSwitch: { revision: number; engagement: { id: string } } }>(
    'mutation($input: EngageKillSwitchInput!) { engageKillSwitch(input: $input) { revision engagement { id } } }',
    { input: { id, scope, target, reason: 'e2e' } },
  );
  return { engagement: engageKillSwitch.engagement.id, revision: engageKillSwitch.revision };
}

/** A stop ticket of the person signed in. */
export async function stopTicket(admin: Admin): Promise<string> {
  const { issueStopTicket } = await admin.get<{ issueStopTicket: { ticket: string } }>(
    'mutation { issueStopTicket { ticket url expiresAt revision } }',
  );
  return issueStopTicket.ticket;
}

/** The engagements on record, as `scope:target`. */
export async function engagedTargets(admin: Admin): Promise<string[]> {
  const { killSwitches } = await admin.get<{ killSwitches: { scope: string; target: string }[] }>(
    '{ killSwitches { scope target } }',
  );
  return killSwitches.map(({ scope, target }) => `${scope}:${target}`);
}

/** Posts to the kill lane as the command line does. */
export async function postStop(
  lane: string,
  ticket: string | undefined,
  body: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${lane}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(ticket ? { authorization: `Bearer ${ticket}` } : {}) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
