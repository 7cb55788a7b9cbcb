import { betterAuth } from 'better-auth';
import type { Pool } from 'pg';
import type { Config } from '../platform/config.js';
import { hashPassword, isPassword, longestPassword, shortestPassword } from './password.js';
import { sessionCookie } from './session-cookie.js';

export const AUTH = Symbol('auth');
export const sessionSeconds = 12 * 3600;
export const clientIpHeader = 'x-portcullis-client-ip';

/** better-auth as a library: none of its routes is mounted, only its server API is called. */
export function createAuth(config: Pick<Config, 'publicUrl'>, pool: Pool, secret: string) {
  const { name, secure } = sessionCookie(config);
  return betterAuth({
    baseURL: config.publicUrl,
    secret,
    database: pool,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      password: { hash: hashPassword, verify: isPassword },
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: { name, attributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' } } },
      ipAddress: { ipAddressHeaders: [clientIpHeader] },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
