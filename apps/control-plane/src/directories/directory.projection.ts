import type { FeedValue, IdentityForm } from '@portcullis/contracts';
import { directoryDigest } from '@portcullis/contracts/signed';

export interface DirectoryRow {
  readonly id: string;
  readonly environment_id: string;
  readonly name: string;
  readonly holds: IdentityForm;
  readonly retired_at: Date | null;
}

/** What guards are told: the digest of each entry, and no entry. */
export function directoryValue(row: DirectoryRow, canonicals: readonly string[]): FeedValue<'directory'> {
  const { id, environment_id: environment, name, holds } = row;
  return {
    environment,
    name,
    holds,
    entries: canonicals.map((canonical) => directoryDigest(id, { as: holds, canonical })),
  };
}
