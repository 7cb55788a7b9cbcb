import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { isUuid } from '../database/is-uuid.js';
import type { ConversationStatus } from '../graphql/enums.js';
import { WideningsQueries } from '../widenings/widenings.queries.js';
import type { Conversation } from './conversation.model.js';

const status = `case when v.status = 'open' and v.expires_at <= now() then 'expired' else v.status end`;
const columns = `v.id, v.agent_id as agent, v.user_id as user, v.tasks, v.attributes, cardinality(v.digests) as digests,
  ${status} as status, v.environment_id as environment, v.opened_by as "openedBy", v.credential_id as credential, v.opened_at as "openedAt",
  v.expires_at as "expiresAt", v.closed_at as "closedAt", v.closed_by as "closedBy"`;

type Row = Omit<Conversation, 'widenings'>;

export interface ConversationsQuestion {
  readonly agent: string | null;
  readonly status: ConversationStatus | null;
  readonly before: Date | null;
  readonly first: number;
}

@Injectable()
export class ConversationsQueries {
  constructor(
    private readonly pool: Pool,
    private readonly widenings: WideningsQueries,
  ) {}

  async find(id: string): Promise<Conversation | null> {
    if (!isUuid(id)) return null;
    const found = await this.pool.query<Row>(`select ${columns} from conversation v where v.id = $1`, [id]);
    const [conversation] = await this.whole(found.rows);
    return conversation ?? null;
  }

  async existing(id: string): Promise<Conversation> {
    const conversation = await this.find(id);
    if (conversation === null) throw new Error(`conversation ${id} is gone`);
    return conversation;
  }

  /** Newest first, up to 200. */
  async some({ agent, status: wanted, before, first }: ConversationsQuestion): Promise<Conversation[]> {
    const found = await this.pool.query<Row>(
      `select ${columns} from conversation v
       where ($1::text is null or v.agent_id = $1) and ($2::text is null or ${status} = $2)
         and ($3::timestamptz is null or v.opened_at < $3)
       order by v.opened_at desc, v.id limit $4`,
      [agent, wanted, before, Math.min(Math.max(first, 1), 200)],
    );
    return this.whole(found.rows);
  }

  private async whole(rows: readonly Row[]): Promise<Conversation[]> {
    const widenings = await this.widenings.of(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...row, widenings: widenings.get(row.id) ?? [] }));
  }
}
