-- The two roles of Curewatch on PostgreSQL: curewatch_owner owns the tables and migrates them, curewatch_app runs the program and
-- can neither change nor delete what is append-only. See docs/postgresql.md.
--
-- 1. As a superuser, once:
--      create role curewatch_owner login password '…';
--      create role curewatch_app login password '…';
--      create database curewatch owner curewatch_owner encoding 'UTF8' template template0;
--      revoke all on database curewatch from public;
--      grant connect on database curewatch to curewatch_app;
--    and in that database, which psql enters by \c curewatch:
--      alter schema public owner to curewatch_owner;
-- 2. As curewatch_owner, so that the tables are made, which a move or a restore does too (the empty DATABASE_URL_FILE in the place of the one that .env may name):
--      DATABASE_URL_FILE= DATABASE_URL=postgres://curewatch_owner:…@HOST/curewatch npm run curewatch -- verify
-- 3. This file, as curewatch_owner: psql postgres://curewatch_owner:…@HOST/curewatch -f docs/postgresql-grants.sql
-- Again after each update and each restore, once curewatch_owner has run verify: a migration gives the role what new tables need, and this file
-- whatever else it lacks. To run it again changes nothing.
\set ON_ERROR_STOP on

revoke create on schema public from public;

grant usage on schema public to curewatch_app;
grant select on public.schema_version to curewatch_app;
grant select, insert on public.ledger, public.role_grant, public.admission, public.desk_policy, public.trail, public.proposal_outcome, public.erasure, public.hold, public.review, public.desk_member to curewatch_app;
grant select, insert, update (place) on public.acknowledgement, public.snooze, public.place_confirmation, public.proposal to curewatch_app;
grant select, insert, update on public.desk, public.delivery, public.write_check to curewatch_app;
grant select, insert, delete on public.private_text, public.proposal_text to curewatch_app;
grant select, insert, update, delete on public.person, public.place_setting, public.watch, public.matter, public.live_card, public.keyv, public.process, public.lead to curewatch_app;
do $$ begin
  if current_setting('server_version_num')::int >= 170000 then
    execute 'grant maintain on public.private_text, public.proposal_text, public.person, public.keyv to curewatch_app';
  end if;
end $$;
grant usage on schema curewatch_jobs to curewatch_app;
grant select, insert, update, delete on all tables in schema curewatch_jobs to curewatch_app;
grant usage on all sequences in schema curewatch_jobs to curewatch_app;
grant execute on all functions in schema curewatch_jobs to curewatch_app;
do $$ begin
  if current_setting('server_version_num')::int >= 170000 then
    execute 'grant maintain on all tables in schema curewatch_jobs to curewatch_app';
  end if;
end $$;
