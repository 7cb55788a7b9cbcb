/** Statements that hide what they do. */
export const evilStatements = `
delete from users where id = 1
delete from users
delete from tickets
delete from tickets where true
delete from tickets where exists (select 1)
select id from tickets limit 1; delete from users
select id from tickets limit 1; commit; delete from users
; ; delete from users where name = 'x'
with d as (delete from users returning id) select id from d limit 1
with d as (delete from tickets where id = 1 returning id) select id from tickets limit 1
with d as (update users set secret = 'x' where id = 1 returning secret) select secret from d limit 1
with d as (insert into audit.log values (2, 'x') returning id) select id from d limit 1
with d as (with e as (delete from users where id = 1 returning id) select id from e) select id from d limit 1
select id from tickets where id in (with e as (delete from users returning id) select id from e) limit 1
insert into notes (ticket, body) with d as (delete from users returning id) select id, 'x' from d
/* harmless */ delete /* really */ from users where id = 1
select 1 /* */ ; delete from users -- */ limit 1
-- only a comment
select 1 limit 1 -- ; delete from users
select 1 limit 1 /* ; /* nested */ delete from users */
select '1; delete from users' limit 1
select $$ ; delete from users $$ limit 1
select $a$ $b$ $a$; delete from users; select $c$ $b$ $c$
select U&'\\0064' limit 1
select U&"\\0073ecret" from tickets limit 1
select secret from U&"\\0075sers" limit 1
select "secret" from "users" limit 1
SELECT "Secret" FROM Users LIMIT 1
select e'\\'; delete from users; --' limit 1
select * from users limit 1
select * from tickets limit 1
select tickets.* from tickets limit 1
select t.* from tickets t limit 1
select t from tickets t limit 1
select tickets from tickets limit 1
select (t).secret from tickets t limit 1
select (t.*).secret from tickets t limit 1
select row(t.*) from tickets t limit 1
select row_to_json(t) from tickets t limit 1
select t.row_to_json from tickets t limit 1
select t.peek from tickets t limit 1
select peek(t) from tickets t limit 1
select to_jsonb(t) from tickets t limit 1
select secret(t) from tickets t limit 1
select t::text from tickets t limit 1
select t.id from tickets t where t::text like '%SECRET%' limit 1
select t.id from tickets t where t = t limit 1
select t.id from tickets t order by t limit 1
select t.id from tickets t order by t.secret limit 1
select id from tickets order by secret limit 1
select id as secret from tickets group by secret, id limit 1
select id as secret from tickets order by lower(secret) limit 1
select count(*) from tickets where secret = 'SECRET' limit 1
select count(*) from tickets group by secret limit 1
select count(*) from tickets having max(secret) = 'x' limit 1
select max(secret) over () from tickets limit 1
select count(*) filter (where secret > 'a') from tickets limit 1
select id from tickets where id in (select id from tickets where secret > 'a') limit 1
select id from tickets limit (select length(max(secret)) from tickets)
select a from tickets as t(a, b, c, d, e) limit 1
select e from tickets as t(a, b, c, d, e) limit 1
select x.secret from (select * from tickets) x limit 1
select x.s from (select secret as s from tickets) x limit 1
select s.secret from tickets s where exists (select 1 from (select 1) s, (select s.secret) q) limit 1
select s.secret from tickets s where exists (select 1 from (select 1 as secret) s, (select s.secret) q) limit 1
select q.secret from tickets t, lateral (select t.secret) q limit 1
select q.secret from tickets t, lateral (select secret) q limit 1
select (select secret) from tickets limit 1
select (select secret from crm.people limit 1) from tickets limit 1
select id from crm.people where exists (select secret from tickets) limit 1
select 1 from tickets t join crm.people p on secret = 'x' limit 1
select u from tickets, unnest(array[secret]) u limit 1
select rank() over w from tickets window w as (order by secret) limit 1
values ((select secret from tickets limit 1)) limit 1
select id from tickets limit 1 offset (select max(length(secret)) from tickets)
select 1 from tickets t join notes n on n.internal = t.secret limit 1
select 1 from tickets natural join notes limit 1
select 1 from tickets join users using (secret) limit 1
select j.secret from (tickets join users using (id)) as j limit 1
select j.secret from (tickets t join crm.people p on true) as j limit 1
select secret from tickets, (select 1 as secret) q limit 1
with tickets as (select 1 as secret) select secret from tickets limit 1
with a as (select secret from tickets), tickets as (select 1) select a.secret from a limit 1
with users as (select 1 as id) delete from users where id = 1
with users as (select 1 as id) select users.id from users, public.users u limit 1
with a as (select * from users), users as (select 1) select * from a limit 1
with recursive a as (select * from a) select * from a limit 1
with recursive r(n) as (select 1 union all select n + 1 from r) select n from r limit 5
select 1 from pg_class limit 1
select * from pg_catalog.pg_authid limit 1
select rolpassword from pg_shadow limit 1
select table_name from information_schema.tables limit 1
select * from public.open_tickets limit 1
select * from open_tickets limit 1
select * from audit.log limit 1
select * from postgres.public.tickets limit 1
select 'users'::regclass limit 1
select cast('users' as regclass)::oid limit 1
select '1'::evil limit 1
select evil '1' limit 1
select 'happy'::mood limit 1
select 'happy'::public.mood limit 1
select 1 === 1 limit 1
select 1 operator(public.===) 1 limit 1
select 1 operator(pg_catalog.+) 1 limit 1
select id from tickets order by id using operator(public.===) limit 1
select wipe(1) limit 1
select public.wipe(1) limit 1
select (1).wipe limit 1
select (id).wipe from tickets limit 1
select lowered('x') limit 1
select id from tickets where wipe(id) = 1 limit 1
select * from wipe(1) limit 1
select * from rows from (wipe(1), wipe(2)) as x limit 1
select 1 from tickets join lateral wipe(id) w on true limit 1
select pg_sleep(1) limit 1
select (1).pg_sleep limit 1
select pg_read_file('/etc/passwd') limit 1
select pg_ls_dir('.') limit 1
select lo_import('/etc/passwd') limit 1
select set_config('role', 'postgres', false) limit 1
select current_setting('data_directory') limit 1
select nextval('notes_id_seq') limit 1
select setval('notes_id_seq', 1) limit 1
select query_to_xml('delete from users', true, false, '') limit 1
select query_to_xml('delete from users returning *', true, false, '') limit 1
select table_to_xml('users', true, false, '') limit 1
select pg_advisory_lock(1) limit 1
select pg_terminate_backend(1) limit 1
select pg_notify('a', 'b') limit 1
select txid_current() limit 1
select generate_series(1, 100000000) limit 1
select * from generate_series(1, 10) limit 1
select current_user, session_user limit 1
select current_schema limit 1
select version() limit 1
select last_value from notes_id_seq limit 1
select * into stolen from tickets
select id into temp stolen from tickets
create table stolen as select * from tickets
create temp table tickets as select * from users
drop table tickets
truncate tickets
alter table tickets add x int
grant all on users to public
copy tickets to stdout
copy tickets to program 'cat'
copy (select * from users) to stdout
copy tickets from stdin
do $$ begin delete from users; end $$
call wipe(1)
execute x
prepare x as delete from users
deallocate all
set role postgres
set search_path = crm
reset role
show data_directory
explain select * from users
explain analyze delete from users
begin
commit
rollback
savepoint x
listen x
notify x
lock table tickets
vacuum
analyze tickets
cluster
checkpoint
discard all
load 'x'
comment on table tickets is 'x'
declare c cursor for select * from users
fetch all from c
security label on table tickets is 'x'
refresh materialized view x
import foreign schema x from server y into public
create function f() returns int language sql as 'select 1'
\\copy tickets to '/tmp/x'
\\! id
select id from tickets limit 1 \\g /tmp/x
select id from tickets limit all
select id from tickets limit null
select id from tickets limit 1000000
select id from tickets limit 50 + 100
select id from tickets limit 9999999999
select id from tickets order by id fetch first 1 rows with ties
select id from tickets order by status fetch first 1 rows with ties
(select id from tickets limit 1) union all (select id from tickets limit 1000)
select id from (select id from tickets limit 1) x
table tickets
table users limit 1
select xmlelement(name x, secret) from users limit 1
select json_object('a': secret) from users limit 1
select * from json_table('[1]', '$[*]' columns (a int path '$')) x limit 1
select * from xmltable('/a' passing '<a/>' columns x text) t limit 1
select id from tickets tablesample system (10) limit 1
select id from tickets where current of c
update tickets set status = 'x'
update tickets set secret = 'x' where id = 1
update tickets set status = secret where id = 1
update tickets set status = 'x' where secret = 'y'
update tickets set status = 'x' where id = 1 returning *
update tickets set status = 'x' where id = 1 returning secret
update tickets set status = 'x' where id = 1 returning old.secret
update tickets set status = 'x' where id = 1 returning with (old as o) o.secret
update tickets set status = 'x' where id = 1 returning with (old as o) o.*
update tickets set status = u.secret from users u where u.id = tickets.id
update users set secret = 'x' where id = 1
insert into notes values (1000, 1000, 'x', 'y')
insert into notes (ticket, internal) values (1000, 'x')
insert into notes (ticket, body) select id, secret from tickets limit 1
insert into notes (ticket, body) select id, secret from users
insert into notes (ticket, body) table crm.people
insert into notes (ticket, body) values (1, 'x') on conflict (ticket) do update set internal = 'x'
insert into notes (ticket, body) values (1, 'x') on conflict (ticket) do update set body = notes.internal
insert into notes (ticket, body) values (1, 'x') on conflict (ticket) where internal = 'x' do nothing
insert into notes (ticket, body) values (1000, 'x') returning *
insert into notes (ticket, body) values (1000, 'x') returning internal
insert into notes (ticket, body) values (1000, (select secret from users limit 1))
insert into audit.log values (3, 'x')
merge into notes n using users u on n.ticket = u.id when matched then update set body = u.secret
merge into users u using tickets t on u.id = t.id when matched then delete
merge into notes n using tickets t on true when matched then delete
merge into notes n using tickets t on n.ticket = t.id when not matched by source then delete
merge into notes n using tickets t on n.ticket = t.id when matched then update set internal = t.secret
merge into notes n using tickets t on n.ticket = t.id when not matched then insert values (1, 2, 'x', 'y')
merge into notes n using tickets t on n.ticket = t.id when matched then delete returning n.internal
merge into notes n using tickets t on n.ticket = t.id when matched then delete returning merge_action()
`;
