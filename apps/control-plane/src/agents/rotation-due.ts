import { credentialEndSql } from '../credentials/end-of.js';
import { isCredentialLiveSql } from '../credentials/live-credentials.js';

/**
 * The newest live credential of each rotation policy `p`, as `n`: `id`, `warned_at` and `due_at`, the end of the policy's interval
 * or its own end, whichever comes first. SQL of constant parts, to follow `from rotation_policy p`.
 */
export const newestCredentialSql = `join lateral (
  select c.id, c.warned_at, least(
    coalesce(c.activated_at, c.created_at) + make_interval(secs => p.interval_seconds), ${credentialEndSql('c')}) as due_at
  from credential c where c.agent_id = p.agent_id and ${isCredentialLiveSql('c')}
  order by coalesce(c.activated_at, c.created_at) desc, c.id limit 1) n on true`;
