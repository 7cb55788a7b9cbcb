import { tokenWords, type AccessTokenClaims } from '@portcullis/contracts';
import type { Subjects } from '../subjects/subjects.js';
import type { OwnTokens } from './own-tokens.js';

/** On whose behalf a token is asked for, by a subject token that was verified (RFC 8693 section 2.1). */
export interface ExchangeSubject {
  readonly user: string;
  /** Milliseconds. */
  readonly endsAt: number;
  /** Where the subject token is one of our access tokens. Whether it still stands is read with the standing of the agent. */
  readonly token: AccessTokenClaims | undefined;
}

/** Why a subject token proves nothing to this agent, for the log. */
export interface NoSubject {
  readonly why: string;
}

export const personTokenTypes: readonly unknown[] = [tokenWords.jwt, tokenWords.idToken];

export interface SubjectReaders {
  readonly subjects: Pick<Subjects, 'verify'>;
  readonly ownTokens: Pick<OwnTokens, 'read'>;
}

async function ofPerson(
  { subjects }: SubjectReaders,
  text: string,
  agent: string,
): Promise<ExchangeSubject | NoSubject> {
  const subject = await subjects.verify(text);
  if (subject === undefined) return { why: 'the subject token is not one of a user' };
  const { user, endsAt, mayAct } = subject;
  if (mayAct !== undefined && mayAct !== agent) return { why: `only ${mayAct} may act by this subject token` };
  return { user, endsAt, token: undefined };
}

async function ofAgent({ ownTokens }: SubjectReaders, text: string): Promise<ExchangeSubject | NoSubject> {
  const token = await ownTokens.read(text);
  if (token === undefined) return { why: 'the subject token is no access token of ours, or has expired' };
  if (token.user === undefined) return { why: 'the subject token is not about a user' };
  if (token.cnf !== undefined) return { why: 'the subject token is bound to a key' };
  return { user: token.user, endsAt: token.exp * 1000, token };
}

/** Reads the subject token of an exchange in which `agent` is the actor. */
export function readExchangeSubject(
  readers: SubjectReaders,
  params: Readonly<Record<string, unknown>>,
  agent: string,
): Promise<ExchangeSubject | NoSubject> {
  const text = String(params['subject_token']);
  return personTokenTypes.includes(params['subject_token_type'])
    ? ofPerson(readers, text, agent)
    : ofAgent(readers, text);
}
