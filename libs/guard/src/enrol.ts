import {
  domains,
  enrolAnswerSchema,
  parseJoinToken,
  protocolVersion,
  type EnrolAnswer,
  type EnrolRequest,
  type JoinToken,
} from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import { GuardError } from './guard-error.js';
import { identityFrom, writeIdentity, type Identity } from './identity.js';
import type { OwnKey } from './own-key.js';
import type { ControlPlane, PostAnswer } from './post.js';
import { problemCodeOf } from './problem.js';
import type { StateFolder } from './state-folder.js';

/** Reads the host's join token. Throws `join_token_missing` or `join_token_malformed`. */
export function readJoinToken(text: string | undefined): JoinToken {
  if (!text) {
    const what = 'the state folder holds no identity and no join token was given; create one in the console';
    throw new GuardError('join_token_missing', what);
  }
  const token = parseJoinToken(text);
  if (!token)
    throw new GuardError('join_token_malformed', 'this is not a join token; copy it whole, it begins with pcj_');
  return token;
}

/** What one attempt to enrol needs. */
export interface Enrolment {
  readonly folder: StateFolder;
  readonly key: OwnKey;
  readonly boot: string;
  readonly token: JoinToken;
  readonly controlPlane: ControlPlane;
}

/**
 * Enrols once and keeps the identity. `undefined`: the control plane gave no answer that means anything; try again later.
 * Throws `join_token_refused` or `root_key_mismatch`.
 */
export async function enrol(enrolment: Enrolment): Promise<Identity | undefined> {
  const answer = await askedToEnrol(enrolment);
  if (!answer) return undefined;
  const identity = identityFrom(answer, enrolment.token.rootHash);
  if (!identity) {
    const what = 'the control plane that answered is not the one that made the join token; check the address';
    throw new GuardError('root_key_mismatch', what);
  }
  writeIdentity(enrolment.folder, answer, enrolment.token.rootHash);
  return identity;
}

async function askedToEnrol({ key, boot, token, controlPlane }: Enrolment): Promise<EnrolAnswer | undefined> {
  const request: EnrolRequest = {
    v: protocolVersion,
    joinToken: { id: token.id, secret: token.secret },
    publicKey: key.publicJwk,
    boot,
    capabilities: [],
  };
  let answer: PostAnswer;
  try {
    answer = await controlPlane.post('v1/enrol', signText(domains.enrol, JSON.stringify(request), key.privateKey));
  } catch {
    return undefined;
  }
  if (problemCodeOf(answer) === 'join_token_refused') {
    throw new GuardError(
      'join_token_refused',
      'the control plane refused the join token; create a new one in the console',
    );
  }
  const parsed = answer.status === 200 ? enrolAnswerSchema.safeParse(answer.body) : undefined;
  return parsed?.data;
}
