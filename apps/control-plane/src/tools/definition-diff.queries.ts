import { definitionFields } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Refusal } from '../platform/refusal.js';
import { diffOfLines } from '../text-diff/line-diff.js';
import type { DefinitionFieldDiff } from './tool.model.js';

type Said = Readonly<Record<string, unknown>>;

@Injectable()
export class DefinitionDiffQueries {
  constructor(private readonly pool: Pool) {}

  /** Fields that neither has are left out. */
  async diff(tool: string, from: string, to: string): Promise<DefinitionFieldDiff[]> {
    const { rows } = await this.pool.query<{ hash: string; definition: string | null }>(
      `select d.hash, d.definition from tool t join tool_definition d on d.server_id = t.server_id and d.name = t.name
       where t.id = $1 and d.hash = any($2::text[])`,
      [tool, [from, to]],
    );
    const saidBy = (hash: string): Said => {
      const row = rows.find((one) => one.hash === hash);
      if (!row)
        throw new Refusal('not_found', `tool ${tool} was never announced with definition ${hash}`, { tool, hash });
      if (row.definition !== null) return JSON.parse(row.definition) as Said;
      const message = `definition ${hash} is too long to be reviewed; let the server say less`;
      throw new Refusal('input_invalid', message, { tool, hash });
    };
    const [before, after] = [saidBy(from), saidBy(to)];
    return definitionFields
      .map((field) => ({ field, lines: diffOfLines(linesOf(before[field]), linesOf(after[field])) }))
      .filter(({ lines }) => lines.length > 0)
      .map(({ field, lines }) => ({ field, lines, isSame: lines.every(({ kind }) => kind === 'same') }));
  }
}

/** Texts as they are written, schemas and annotations as JSON. */
function linesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
}
