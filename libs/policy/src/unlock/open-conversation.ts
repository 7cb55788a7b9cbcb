import { tasks, type Task } from '@portcullis/contracts';
import { withoutActors } from './activate-agent.js';
import { newToken, step, type Scene } from './step.js';

const lifeMs = 3_600_000;

/** A conversation that is closed stays closed; another is opened, with what the old one said as far as it is known. */
export function openConversation({ state, call, round }: Scene, _denial?: unknown, wanted: Task = call.claims.task) {
  const task = tasks.includes(wanted) ? wanted : 'lookup';
  const { agent, user, conversation } = call.claims;
  const before = conversation === undefined ? undefined : state.conversations.get(conversation);
  const known = before?.agent === agent ? before : undefined;
  const id = `new-conversation-${round}`;
  const value = {
    agent,
    user: known?.user ?? user ?? null,
    tasks: [...new Set([...(known?.tasks ?? []), task])],
    attributes: known?.attributes ?? {},
    digests: known?.digests ?? [],
    status: 'open',
    expiresAt: call.now + lifeMs,
    credential: null,
  };
  return [
    step('open-conversation', `Open another conversation of ${agent} for task ${task}`, {
      values: { agent, task },
      feed: [{ kind: 'conversation', id, value }],
    }),
    newToken(`for the new conversation and task ${task}`, { conversation: id, task }, { task }),
  ];
}

/** A taint is one way: the token has to be made from other grounds. */
export function untaintedGrounds(scene: Scene) {
  const { state, call } = scene;
  const isTainted = (id: string) => state.credentials.get(id)?.status === 'tainted';
  const tainted = call.claims.via?.find(isTainted);
  return tainted === undefined
    ? openConversation(scene)
    : [withoutActors(scene, `that is not made from credential ${tainted}`)];
}
