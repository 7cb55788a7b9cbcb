/** Statements that people and agents write. */
export const plainStatements = `
select id, subject from tickets limit 10
select id, subject from public.tickets where status = 'open' order by id desc limit 10
select t.id, t.subject from tickets t where t.customer in (1, 2) limit 5
select count(*) from tickets limit 1
select status, count(*) as n from tickets group by status order by n desc limit 5
select distinct status from tickets limit 5
select distinct on (customer) customer, id from tickets order by customer, id limit 5
select lower(subject) as s from tickets order by s limit 3
select id as secret from tickets order by secret limit 3
select x.at from (select id as at from tickets) x limit 3
select at from (select id as at from tickets) x limit 3
with recent as (select id, subject as s from tickets where id > 100) select s from recent order by s limit 5
with a as (select id from tickets), b as (select id from a) select b.id from b limit 3
select id from tickets where id = (select max(id) from tickets) limit 1
select id from tickets t where exists (select 1 from tickets u where u.customer = t.customer and u.id > t.id) limit 4
select case when id > 100 then 'late' else 'early' end from tickets limit 3
select coalesce(subject, 'none'), nullif(id, 1), greatest(id, customer) from tickets limit 3
select row_number() over (partition by customer order by id) from tickets limit 3
select sum(id) filter (where customer = 1) from tickets limit 1
select string_agg(subject, ',' order by id) from tickets limit 1
select id::text, cast(id as numeric(10, 2)), subject::varchar(3) from tickets limit 2
select date_trunc('day', now()), current_date, localtimestamp(2), extract(year from now()) limit 1
select id from tickets where subject like '%1%' and subject not ilike 'x%' escape '!' limit 2
select id from tickets where subject ~ '^subject [0-9]+$' limit 2
select trim(subject), substring(subject from 1 for 3), position('s' in subject) from tickets limit 2
select id from tickets union all select id from tickets order by 1 limit 3
(select id from tickets limit 3) union (select customer from tickets limit 3) limit 4
values (1, 'a'), (2, 'b') limit 2
select 1 limit 1
select id from tickets limit 5 offset 5
select id from tickets fetch first 5 rows only
select id from tickets limit 0
select t.id, n.body from tickets t join notes n on n.ticket = t.id limit 5
select t.id, n.body from tickets t left join notes n on n.ticket = t.id where n.ticket is null limit 5
select p.name, d.amount from crm.people p join crm.deals d on d.person = p.id limit 5
select * from crm.people limit 5
select p.* from crm.people p limit 5
select p from crm.people p limit 5
select count(p) from crm.people p limit 5
select name from crm.people natural join crm.deals limit 5
select * from crm.people join crm.deals using (id) limit 5
select q.id from tickets t, lateral (select t.id) q limit 3
select v.a from (values (1), (2)) as v(a) limit 3
select u from unnest(array[1, 2]) as u limit 3
select id from tickets group by rollup (id) limit 2
select grouping(customer), count(*) from tickets group by grouping sets ((customer), ()) limit 2
select id from only tickets limit 1
select id from tickets where (id, customer) = (1, 1) or (id, customer) in ((2, 2)) limit 1
select id from tickets where id = any (array[1, 2]) and id between symmetric 9 and 1 limit 1
select array(select id from tickets order by id limit 3) limit 1
insert into notes (ticket, body) values (100, 'new')
insert into notes (ticket, body) values (100, 'new'), (101, 'newer') returning ticket
insert into notes (ticket, body) select id, subject from tickets where id = 50
insert into notes (ticket, body) values (1, 'again') on conflict do nothing
insert into notes (ticket, body) values (1, 'again') on conflict (ticket) do nothing
insert into notes (ticket, body) values (1, 'again') on conflict (ticket) do update set body = excluded.body
insert into notes (ticket, body) values (1, 'again') on conflict on constraint notes_ticket_key do nothing
insert into notes default values
update tickets set status = 'closed' where id = 1
update tickets set status = 'closed', customer = customer + 1 where id = 1 returning id, status
update tickets t set status = n.body from notes n where n.ticket = t.id and t.id = 3
update tickets set (status, customer) = (select 'x', 1) where id = 2
update tickets set status = default where id = 1 returning old.status, new.status
delete from notes where ticket = 1
delete from notes using tickets where tickets.id = notes.ticket and tickets.id = 3 returning notes.id
merge into notes n using tickets t on n.ticket = t.id when matched then update set body = t.subject when not matched then do nothing
merge into notes n using (values (300, 'x')) as v(t, b) on n.ticket = v.t when not matched then insert (ticket, body) values (v.t, v.b)
merge into notes n using tickets t on n.ticket = t.id and t.id = 1 when matched then delete
with gone as (delete from notes where ticket = 2 returning ticket) select * from gone limit 5
select id from tickets where id = 1 for update limit 1
select id from tickets where id = 1 limit 1 for share
`;
