import { limitOf, type Call, type Quota } from '@portcullis/policy';
import type { Pool } from 'pg';

interface Place {
  readonly bucket: string;
  readonly from: number;
}

/** What guards have reported to have used of quotas, read as far as it was asked about. */
export class RecordedUse {
  readonly #spent = new Map<string, number>();
  readonly #unread = new Map<string, Place>();

  /** For a call: of what was not read yet all is left, until `read` has read it. */
  readonly left: NonNullable<Call['left']> = (bucket: string, quota: Quota, from: number) => {
    const spent = this.#spent.get(keyOf({ bucket, from }));
    if (spent === undefined) this.#unread.set(keyOf({ bucket, from }), { bucket, from });
    return limitOf(quota) - (spent ?? 0);
  };

  /** Reads what was asked about since the last time; false when that was nothing new. */
  async read(pool: Pool): Promise<boolean> {
    const places = [...this.#unread.values()];
    if (places.length === 0) return false;
    this.#unread.clear();
    const { rows } = await pool.query<{ place: string; spent: string }>(
      `select l.place, coalesce(b.spent, 0) as spent
       from unnest($1::bigint[], $2::text[], $3::double precision[]) as l(place, bucket, start)
         left join quota_budget b on b.bucket = l.bucket and b.window_start = to_timestamp(l.start / 1000.0)`,
      [places.map((_, place) => place), places.map(({ bucket }) => bucket), places.map(({ from }) => from)],
    );
    for (const { place, spent } of rows) {
      const asked = places[Number(place)];
      if (asked) this.#spent.set(keyOf(asked), Number(spent));
    }
    return true;
  }
}

function keyOf({ bucket, from }: Place): string {
  return `${from} ${bucket}`;
}
