import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The change log: one counter row, the append-only history, the latest values, and the one function through which every
 * command appends. It raises the counter last and notifies in the same transaction, so commit order is number order.
 */
export class ChangeLog1700000000001 implements MigrationInterface {
  name = 'ChangeLog1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table change_counter (
        id smallint primary key default 1 check (id = 1),
        revision bigint not null,
        generation integer not null,
        generation_id text not null,
        generation_signature text not null
      );
      create table change_history (
        revision bigint not null,
        ordinal integer not null,
        generation integer not null,
        kind text not null,
        object_id text not null,
        value text,
        committed_at timestamptz not null,
        primary key (revision, ordinal)
      );
      create index change_history_object on change_history (kind, object_id, revision desc);
      create table change_latest (
        kind text not null,
        object_id text not null,
        revision bigint not null,
        value text,
        primary key (kind, object_id)
      );
      create function portcullis_append(changes jsonb) returns bigint language plpgsql as $fn$
      declare
        raised bigint;
        life integer;
        stamp timestamptz;
      begin
        if jsonb_array_length(changes) > 500 then
          raise exception 'a revision holds at most 500 changes' using errcode = '22023';
        end if;
        update change_counter set revision = revision + 1 returning revision, generation into raised, life;
        stamp := clock_timestamp();
        insert into change_history (revision, ordinal, generation, kind, object_id, value, committed_at)
          select raised, c.ordinality, life, c.item ->> 0, c.item ->> 1, c.item ->> 2, stamp
          from jsonb_array_elements(changes) with ordinality as c(item, ordinality);
        insert into change_latest (kind, object_id, revision, value)
          select distinct on (c.item ->> 0, c.item ->> 1) c.item ->> 0, c.item ->> 1, raised, c.item ->> 2
          from jsonb_array_elements(changes) with ordinality as c(item, ordinality)
          order by c.item ->> 0, c.item ->> 1, c.ordinality desc
        on conflict (kind, object_id) do update set revision = excluded.revision, value = excluded.value;
        perform pg_notify('portcullis_change', raised::text);
        return raised;
      end
      $fn$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function portcullis_append(jsonb);
      drop table change_latest;
      drop table change_history;
      drop table change_counter;
    `);
  }
}
