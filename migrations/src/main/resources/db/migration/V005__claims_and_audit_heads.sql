-- An owner who is no superuser must be let into the roles that it works under.
do $$
declare
  r text;
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    foreach r in array array['gradus_app', 'gradus_engine', 'gradus_platform'] loop
      if not pg_has_role(current_user, r, 'member') then
        execute format('grant %I to %I', r, current_user);
      end if;
    end loop;
  end if;
end
$$;

-- Timers are claimed a batch after a batch: each goes on where the one before it ended, in this order, instead of walking
-- again over the rows that are claimed already.
create index timer_in_order on timer (due, tenant_id, execution_id, timer_id);
drop index timer_by_due;

-- The end of each tenant's audit chain: locked by who appends, and what a cut-off tail is found by.
create table audit_head (
  tenant_id uuid primary key references tenant (id),
  seq bigint not null,
  hash bytea not null
);
alter table audit_head enable row level security;
alter table audit_head force row level security;
create policy one_tenant on audit_head for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy platform on audit_head for all to gradus_platform using (true) with check (true);
create policy engine on audit_head for all to gradus_engine using (true) with check (true);
grant select, insert, update on audit_head to gradus_app, gradus_platform, gradus_engine;

-- As in V004, and no role reaches a partition but through history.
create or replace function create_history_partition(month date) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', month)::date;
  from_ms bigint := (extract(epoch from first_day::timestamp at time zone 'UTC') * 1000)::bigint;
  to_ms bigint :=
      (extract(epoch from (first_day + interval '1 month')::timestamp at time zone 'UTC') * 1000)::bigint;
  name text := 'history_' || to_char(first_day, 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(hashtextextended('create_history_partition', 0));
  if to_regclass(name) is null then
    execute format(
        'create table %I partition of history for values from (%L) to (%L)', name,
        (rpad(lpad(to_hex(from_ms), 12, '0'), 32, '0'))::uuid, (rpad(lpad(to_hex(to_ms), 12, '0'), 32, '0'))::uuid);
    execute format('alter table %I alter column events set storage external', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end if;
end
$$;
