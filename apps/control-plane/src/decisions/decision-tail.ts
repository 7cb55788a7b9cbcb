import type { Pool } from 'pg';
import { decisionRows } from './decision-rows.js';
import type { Decision } from './decision.model.js';

const mostRows = 1000;
/** A lower position may commit later than a higher one: rows are looked for this long behind the newest. */
const lateMs = 3000;
/** How long a call is watched for an outcome that people must see. */
const openMs = 120_000;
const mostOpen = 500;

/** What one look found: new decisions oldest first, calls whose end has since said something, and how many were too many to read. */
export interface TailLook {
  readonly decisions: readonly Decision[];
  readonly unread: number;
  readonly through: number;
}

/** Whether its end says more than that it went well. */
function hasNews({ result, withheld, labels }: Decision): boolean {
  return result !== 'ok' || withheld !== null || labels !== null;
}

/** Follows the record by position without losing a late commit and without telling anything twice. */
export class DecisionTail {
  private readonly told = new Map<number, number>();
  private readonly open = new Map<number, number>();
  private through = 0;

  constructor(
    private readonly pool: Pool,
    private readonly now: () => number,
  ) {}

  async start(): Promise<void> {
    const found = await this.pool.query<{ position: string | null }>('select max(position) as position from decision');
    this.through = Number(found.rows[0]?.position ?? 0);
    for (const row of await decisionRows(this.pool, 'position <= $1', [this.through], mostRows))
      this.told.set(row.position, this.now());
  }

  async look(): Promise<TailLook> {
    const floor = this.told.size === 0 ? this.through : Math.min(...this.told.keys()) - 1;
    const rows = await decisionRows(this.pool, 'position > $1', [floor], mostRows);
    const fresh = rows.filter((row) => !this.told.has(row.position)).reverse();
    const ended = await this.endedWithNews();
    const oldest = rows.at(-1)?.position ?? floor;
    const unread = rows.length === mostRows ? Math.max(0, oldest - this.through - 1) : 0;
    for (const row of fresh) this.remember(row);
    this.forget();
    return { decisions: [...ended, ...fresh], unread, through: this.through };
  }

  private remember(row: Decision): void {
    this.told.set(row.position, this.now());
    this.through = Math.max(this.through, row.position);
    if (row.outcome === 'allow' && row.result === null) this.open.set(row.position, this.now());
  }

  private async endedWithNews(): Promise<Decision[]> {
    if (this.open.size === 0) return [];
    const ended = await decisionRows(
      this.pool,
      'position = any($1) and result is not null',
      [[...this.open.keys()]],
      mostOpen,
    );
    for (const row of ended) this.open.delete(row.position);
    return ended.filter(hasNews).reverse();
  }

  private forget(): void {
    const now = this.now();
    const young = [...this.told].filter(([, at]) => now - at <= lateMs).map(([position]) => position);
    const lowest = Math.min(...young);
    // Only from below: one that is forgotten between two that are not would be read, and told, again.
    for (const position of this.told.keys()) if (position < lowest) this.told.delete(position);
    for (const [position, at] of this.open)
      if (now - at > openMs || this.open.size > mostOpen) this.open.delete(position);
  }
}
