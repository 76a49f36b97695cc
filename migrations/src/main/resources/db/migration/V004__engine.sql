-- What the engine moves. Hot tables are planned while empty, so every statement that touches them equates
-- every column of their primary key with a column of an unnest.

create table execution (
  tenant_id uuid not null,
  id uuid not null,
  version bigint not null,
  owner int not null,
  moved_by bigint not null,
  status smallint not null,
  state_machine_id uuid not null,
  revision_id uuid not null,
  name text collate "C" not null,
  input_hash bytea not null,
  started_at timestamptz not null,
  stopped_at timestamptz,
  last_event_id bigint not null,
  state bytea not null,
  mocks bytea,
  parent_execution_id uuid,
  parent_frame_id text collate "C",
  parent_attempt bigint,
  trace_header text,
  version_arn text,
  alias_arn text,
  primary key (tenant_id, id)
) with (fillfactor = 50);
alter table execution alter column state set storage external;
comment on column execution.status is '0 RUNNING, 1 SUCCEEDED, 2 FAILED, 3 TIMED_OUT, 4 ABORTED, 5 PENDING_REDRIVE';
comment on column execution.owner is 'the incarnation that holds it in memory; 0: parked, only a row wakes it';
create unique index execution_by_name on execution (tenant_id, state_machine_id, name);
create index execution_by_start on execution (tenant_id, state_machine_id, started_at desc, id desc);
create index execution_open on execution (owner, tenant_id, id) where status = 0;

create table history (
  tenant_id uuid not null,
  execution_id uuid not null,
  first_event_id bigint not null,
  moved_by bigint not null,
  events bytea not null,
  primary key (tenant_id, execution_id, first_event_id)
) partition by range (execution_id);
alter table history alter column events set storage external;
create table history_default partition of history default;
alter table history_default alter column events set storage external;

-- The partition of one month: execution ids are UUIDs of version 7, so their order is that of time.
create function create_history_partition(month date) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', month)::date;
  from_ms bigint := (extract(epoch from first_day::timestamp at time zone 'UTC') * 1000)::bigint;
  to_ms bigint :=
      (extract(epoch from (first_day + interval '1 month')::timestamp at time zone 'UTC') * 1000)::bigint;
  name text := 'history_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(name) is null then
    execute format(
        'create table %I partition of history for values from (%L) to (%L)', name,
        (rpad(lpad(to_hex(from_ms), 12, '0'), 32, '0'))::uuid, (rpad(lpad(to_hex(to_ms), 12, '0'), 32, '0'))::uuid);
    execute format('alter table %I alter column events set storage external', name);
  end if;
end
$$;

create table frame (
  tenant_id uuid not null,
  execution_id uuid not null,
  frame_id text collate "C" not null,
  state bytea not null,
  primary key (tenant_id, execution_id, frame_id)
) with (fillfactor = 50);

create table task (
  tenant_id uuid not null,
  execution_id uuid not null,
  frame_id text collate "C" not null,
  attempt bigint not null,
  kind smallint not null,
  activity_id uuid,
  input bytea,
  opened_at timestamptz not null default now(),
  heartbeat_seconds int,
  heartbeat_at timestamptz,
  worker text,
  claimed_at timestamptz,
  primary key (tenant_id, execution_id, frame_id, attempt)
);
comment on column task.kind is '0 CALLBACK, 1 ACTIVITY, 2 SYNC';
-- GetActivityTask: the oldest task of an activity that no worker has
create index task_unclaimed on task (tenant_id, activity_id, opened_at) where claimed_at is null and activity_id is not null;

create table timer (
  tenant_id uuid not null,
  execution_id uuid not null,
  timer_id text collate "C" not null,
  due timestamptz not null,
  claimed_by int,
  claimed_until timestamptz,
  primary key (tenant_id, execution_id, timer_id)
);
create index timer_by_due on timer (due);

create table inbox (
  tenant_id uuid not null,
  execution_id uuid not null,
  source_id text collate "C" not null,
  kind smallint not null,
  payload bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, execution_id, source_id)
);
create index inbox_by_age on inbox (created_at);

create table node (
  incarnation int generated always as identity primary key,
  name text not null,
  lease_until timestamptz not null,
  started_at timestamptz not null default now()
);

do $$
declare
  t text;
begin
  foreach t in array array['execution', 'history', 'frame', 'task', 'timer', 'inbox'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('create policy engine on %I for all to gradus_engine using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to gradus_engine', t);
    execute format('grant select on %I to gradus_app', t);
  end loop;
end
$$;
-- Partitions are reached through their parent alone.
alter table history_default enable row level security;
alter table history_default force row level security;

grant select, insert, update, delete on node to gradus_engine;
grant select on node to gradus_app;
