import { decodeJwt } from 'jose';
import type { Pool } from 'pg';
import type { TokenKey } from '../keys/token-keys.js';
import type { Log } from '../platform/log.js';
import type { IssuerKeys } from '../published-keys/issuer-keys.js';
import { readExternalSubjectToken } from './external-subject-token.js';
import { mayBeSubject } from './may-be-subject.js';
import { readOwnSubjectToken } from './own-subject-token.js';
import { trustedIssuer } from './trusted-issuer.js';

/** A user who was proved by a subject token. */
export interface Subject {
  /** `<issuer id>:<sub>`; of our own sign-in `portcullis:<person id>`. */
  readonly user: string;
  /** Milliseconds; no token that is made from it lives longer. A conversation opened with it has an end of its own. */
  readonly endsAt: number;
  /** Only this agent may act for the user; `undefined` where the token names none. */
  readonly mayAct: string | undefined;
}

export interface SubjectsParts {
  readonly pool: Pool;
  readonly log: Log;
  readonly issuer: string;
  /** Asked at every token, because the keys change while the process runs. */
  readonly tokenKeys: () => readonly TokenKey[];
  readonly issuerKeys: IssuerKeys;
}

const longestToken = 8192;

/** Why a subject token is refused, for the log. */
class Refused extends Error {}

/** Reads subject tokens (RFC 8693 section 2.1). An access token is never one, whoever issued it. */
export class Subjects {
  constructor(private readonly parts: SubjectsParts) {}

  /** `undefined` whatever is wrong: the log has the reason. */
  async verify(token: string): Promise<Subject | undefined> {
    try {
      if (token.length > longestToken) throw new Refused(`it is longer than ${longestToken} characters`);
      const { iss } = decodeJwt(token);
      return iss === this.parts.issuer ? await this.#own(token) : await this.#external(token, String(iss));
    } catch (error) {
      this.parts.log.info({ why: error instanceof Error ? error.message : String(error) }, 'subject token refused');
      return undefined;
    }
  }

  async #own(token: string): Promise<Subject> {
    const { pool, issuer, tokenKeys } = this.parts;
    const { person, agent, endsAt, user } = await readOwnSubjectToken(token, issuer, tokenKeys());
    if (!(await mayBeSubject(pool, person))) throw new Refused(`${user} may not sign in any more`);
    return { user, endsAt, mayAct: agent };
  }

  async #external(token: string, iss: string): Promise<Subject> {
    const issuer = await trustedIssuer(this.parts.pool, iss);
    if (issuer === undefined) throw new Refused('its issuer is not configured, or disabled');
    return readExternalSubjectToken(token, issuer, this.parts.issuerKeys);
  }
}
