import { longestActChain, tasks, type AccessTokenClaims, type Actor, type Task } from '@portcullis/contracts';
import { no, type Refused } from './claims-refusal.js';
import type { ExchangeSubject } from './exchange-subject.js';
import type { Standing } from './standing.js';

const rank = (task: Task): number => tasks.indexOf(task);

function lengthOf(actor: Actor | undefined): number {
  return actor === undefined ? 0 : 1 + lengthOf(actor.act);
}

/** Who acted before: the chain of the subject's token, or its agent alone. */
function actorsOf({ act, agent }: AccessTokenClaims): Actor {
  return act ?? { sub: agent };
}

/** A subject token of ours can only narrow: same environment, no wider task, and one actor more on the chain. */
export function whyNotBy(token: AccessTokenClaims, standing: Standing, task: Task): Refused | undefined {
  if (!standing.isSubjectLive)
    return no('invalid_grant', 'the subject token is dead, or its agent does not host this one');
  if (token.environment !== standing.environment)
    return no('invalid_target', 'the subject token is of another environment');
  if (rank(task) > rank(token.task)) return no('invalid_scope', `the subject token is for ${token.task}`);
  if (lengthOf(actorsOf(token)) < longestActChain) return undefined;
  return no('invalid_grant', 'the chain of actors is too long');
}

/** Who a token is about. Without a subject it is the agent itself, for the conversation's user if there is one. */
export function subjectClaims(
  { conversation, subjectOpener }: Standing,
  agent: string,
  subject: ExchangeSubject | undefined,
): Pick<AccessTokenClaims, 'sub' | 'user' | 'act' | 'via'> | Refused {
  const of = conversation?.user ?? undefined;
  if (subject === undefined) return { sub: agent, ...(of !== undefined && { user: of }) };
  const { user, token } = subject;
  if (conversation !== null && of !== user) return no('invalid_scope', 'the conversation is not one of that user');
  if (token === undefined) return { sub: user, user, act: { sub: agent } };
  const opener = subjectOpener === null ? [] : [subjectOpener];
  const via = [...new Set([...(token.via ?? []), token.credential, ...opener])];
  if (via.length > longestActChain) return no('invalid_grant', 'too many credentials are behind the subject token');
  return { sub: user, user, act: { sub: agent, act: actorsOf(token) }, via };
}
