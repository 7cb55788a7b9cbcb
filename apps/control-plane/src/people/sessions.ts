import { Inject, Injectable } from '@nestjs/common';
import { isAPIError } from 'better-auth/api';
import { Pool } from 'pg';
import { csrfTokenFor } from '../authorisation/csrf.js';
import { isPermission } from '../authorisation/permissions.js';
import type { SessionViewer } from '../authorisation/viewer.js';
import { CONFIG } from '../app/provided.js';
import type { Config } from '../platform/config.js';
import { Refusal } from '../platform/refusal.js';
import { AUTH, clientIpHeader, sessionSeconds, type Auth } from './auth.js';
import { csrfCookie, sessionCookie } from './session-cookie.js';
import { SESSION_SECRET } from './session-secret.js';

/** A session that has just begun, with the cookies that carry it. */
export interface NewSession {
  readonly viewer: SessionViewer;
  readonly csrfToken: string;
  readonly cookies: readonly string[];
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

@Injectable()
export class Sessions {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(SESSION_SECRET) private readonly secret: string,
    @Inject(CONFIG) private readonly config: Config,
    private readonly pool: Pool,
  ) {}

  /** An unknown address and a wrong password cost one argon2 each and read alike. */
  async begin({ email, password, address }: SignIn): Promise<NewSession> {
    const headers = new Headers({ [clientIpHeader]: address });
    const answer = await this.auth.api
      .signInEmail({ body: { email, password }, headers, returnHeaders: true })
      .catch((cause: unknown) => {
        if (isAPIError(cause)) throw new Refusal('sign_in_refused', 'e-mail or password is wrong');
        throw cause;
      });
    const viewer = await this.viewerBy('token', answer.response.token);
    if (viewer === null) throw new Refusal('sign_in_refused', 'e-mail or password is wrong');
    const csrfToken = csrfTokenFor(viewer.sessionId, this.secret);
    const { secure } = sessionCookie(this.config);
    return {
      viewer,
      csrfToken,
      cookies: [...answer.headers.getSetCookie(), csrfCookie(csrfToken, secure, sessionSeconds)],
    };
  }

  async viewerOf(cookie: string | undefined): Promise<SessionViewer | null> {
    if (cookie === undefined || !cookie.includes(sessionCookie(this.config).name)) return null;
    const found = await this.auth.api.getSession({ headers: new Headers({ cookie }) });
    return found === null ? null : this.viewerBy('id', found.session.id);
  }

  /** Asked again for as long as something is delivered to the session. */
  viewerOfSession(sessionId: string): Promise<SessionViewer | null> {
    return this.viewerBy('id', sessionId);
  }

  /** Ends the session; gives the cookies that clear it. */
  async end(sessionId: string): Promise<readonly string[]> {
    await this.pool.query(`delete from "session" where "id" = $1`, [sessionId]);
    const { name, secure } = sessionCookie(this.config);
    return [
      `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`,
      csrfCookie('', secure, 0),
    ];
  }

  private async viewerBy(column: 'id' | 'token', value: string): Promise<SessionViewer | null> {
    const found = await this.pool.query<{
      session: string;
      person: string;
      email: string;
      name: string;
      permissions: string[];
    }>(
      `select s."id" as session, u."id" as person, u."email" as email, u."name" as name,
         array(select permission from person_permission p where p.person_id = u."id" order by permission) as permissions
       from "session" s join "user" u on u."id" = s."userId" where s."${column}" = $1 and s."expiresAt" > now()`,
      [value],
    );
    const row = found.rows[0];
    if (row === undefined) return null;
    const permissions = new Set(row.permissions.filter(isPermission));
    const { session: sessionId, person: personId, email, name } = row;
    return { sessionId, apiToken: null, personId, email, name, permissions };
  }
}
