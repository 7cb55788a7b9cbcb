import type { AccessTokenClaims } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { credentialEndSql } from '../credentials/end-of.js';

const statement = `
  select exists (select 1 from agent_status s where s.agent_id = $1 and s.status = 'active')
    and exists (select 1 from credential c where c.id = $2 and c.agent_id = $1
      and (c.not_before is null or c.not_before <= now()) and (${credentialEndSql('c')} is null or ${credentialEndSql('c')} > now())
      and not exists (select 1 from credential_revocation r where r.credential_id = c.id))
    and not exists (select 1 from credential_taint t where t.credential_id = any($3::text[]))
    and not exists (select 1 from token_revocation x where x.jti = $4)
    and not exists (select 1 from change_latest l where l.kind = 'cut-off' and l.object_id = $1 and l.revision > $5)
    and ($6::text is null or exists (select 1 from conversation v where v.id::text = $6 and v.agent_id = $1
      and v.status = 'open' and v.expires_at > now()
      and not exists (select 1 from credential_taint t where t.credential_id = v.credential_id)))
    as active`;

/** Whether a token that is ours still stands, by the database: credential, agent, cut-off, conversation and itself. */
export async function isTokenActive(pool: Pool, claims: AccessTokenClaims): Promise<boolean> {
  const { agent, credential, via = [], jti, rev, conversation = null } = claims;
  const values = [agent, credential, [credential, ...via], jti, rev, conversation];
  const { rows } = await pool.query<{ active: boolean }>({ name: 'is-token-active', text: statement, values });
  return rows[0]?.active === true;
}
