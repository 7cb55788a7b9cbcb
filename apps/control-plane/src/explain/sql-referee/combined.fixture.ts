const wanted = [
  ...['id', 'secret', '*', 't.*', 't', 't.secret', 'id, secret', 'lower(secret)', 'wipe(1)', '(t).secret', 'count(*)'],
  ...[
    '(select max(secret) from users)',
    'q.id',
    'q.*',
    'row(t)',
    'id || secret',
    't.peek',
    'case when id = 1 then secret end',
  ],
];
const from = [
  ...[
    'tickets t',
    'public.tickets as t',
    'users t',
    'crm.people t',
    '(select * from tickets) t',
    '(select id from tickets) t',
  ],
  ...[
    'tickets t, notes q',
    'tickets t join users q using (id)',
    'tickets t cross join lateral (select t.secret as id) q',
  ],
  ...[
    '(select 1 as id) t, (select 2 as id) q',
    'tickets t natural join notes q',
    'pg_class t',
    'wipe(1) t',
    '(tickets t join notes q on true)',
  ],
];
const tails = [
  ...[
    'limit 5',
    '',
    'where id = 1 limit 5',
    "where secret = 'x' limit 1",
    'order by secret limit 2',
    'group by id limit 2',
  ],
  ...['; delete from users', 'limit 1 for update', 'union select 1 limit 1'],
];
const around = [
  (query: string) => query,
  (query: string) => `with tickets as (${query}) select * from tickets limit 1`,
  (query: string) => `select * from (${query}) tickets limit 1`,
  (query: string) => `select 1 where exists (${query}) limit 1`,
];

/** Every way of putting the parts together: `select … from … …`, bare and inside other statements. */
export function combined(): readonly string[] {
  return around.flatMap((put) =>
    wanted.flatMap((what) => from.flatMap((where) => tails.map((tail) => put(`select ${what} from ${where} ${tail}`)))),
  );
}
