import { liveCredentialStatuses, type FeedValue } from '@portcullis/contracts';
import { keyOf, valueAs } from '../feed/log-object.js';
import type { World } from '../feed/world.js';
import { Refusal } from '../platform/refusal.js';

export function agentIn(world: World, agent: string): void {
  if (!world.get(keyOf('agent', agent))) throw new Refusal('not_found', `there is no agent ${agent}`, { agent });
}

export function serverIn(world: World, server: string): FeedValue<'server'> {
  const value = valueAs(world.get(keyOf('server', server)), 'server');
  if (!value) throw new Refusal('not_found', `there is no server ${server}`, { server });
  return value;
}

/** A conversation that has ended may be gone already: then the decision itself says that no guard knows it. */
export function conversationIn(world: World, id: string): FeedValue<'conversation'> | undefined {
  return valueAs(world.get(keyOf('conversation', id)), 'conversation');
}

/** The credential with which the agent can get a token now; without one any it has, so that the decision says what is wrong with it. */
export function credentialFor(world: World, agent: string, now: number): string | undefined {
  const mine = [...world.objects()]
    .flatMap((object) => {
      const value = valueAs(object, 'credential');
      return value?.agent === agent ? [{ id: object.id, value }] : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const live = mine.find(({ value }) => isLive(value, now) && value.status !== 'prepared');
  return (live ?? mine.find(({ value }) => isLive(value, now)) ?? mine[0])?.id;
}

function isLive({ status, notBefore, expiresAt }: FeedValue<'credential'>, now: number): boolean {
  const isAlive = liveCredentialStatuses.some((one) => one === status);
  return isAlive && now >= (notBefore ?? 0) && now < (expiresAt ?? Infinity);
}
