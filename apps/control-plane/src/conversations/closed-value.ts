import type { FeedValue } from '@portcullis/contracts';

/** What of a conversation's row guards are told when it is closed. */
export interface ConversationRow {
  readonly agent_id: string;
  readonly user_id: string | null;
  readonly tasks: FeedValue<'conversation'>['tasks'];
  readonly attributes: FeedValue<'conversation'>['attributes'];
  readonly digests: string[];
  readonly expires_at: Date;
  readonly credential_id: string | null;
  readonly environment_id: string | null;
}

export function closedValue(row: ConversationRow): FeedValue<'conversation'> {
  return {
    agent: row.agent_id,
    user: row.user_id,
    tasks: row.tasks,
    attributes: row.attributes,
    digests: row.digests,
    status: 'closed',
    expiresAt: row.expires_at.getTime(),
    credential: row.credential_id,
    environment: row.environment_id,
  };
}
