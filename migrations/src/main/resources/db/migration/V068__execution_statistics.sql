-- How many executions were started, and how they ended and how long they took, per state machine and bucket of time. A job
-- counts them (see docs/decisions/0017); the engine's commits know nothing of it. Children of Map Runs are not counted.
create table execution_stat (
  tenant_id uuid not null,
  span smallint not null check (span in (5, 60)),
  bucket_at timestamptz not null,
  state_machine_id uuid not null,
  status smallint not null check (status between 0 and 4),
  duration_class smallint not null check (duration_class between 0 and 159),
  executions bigint not null check (executions > 0),
  primary key (tenant_id, span, bucket_at, state_machine_id, status, duration_class)
);
comment on column execution_stat.span is 'of the bucket, in minutes: what is of an hour is the sum of what is of five minutes';
comment on column execution_stat.status is '0: how many were started; else how many ended so, as execution.status';
comment on column execution_stat.duration_class is
  'of those that ended, how long they took: from 2^(n/4) to 2^((n+1)/4) milliseconds; 0 holds what is shorter too';

alter table execution_stat enable row level security;
alter table execution_stat force row level security;
create policy engine on execution_stat for all to gradus_engine using (true) with check (true);
grant select, insert, delete on execution_stat to gradus_engine;
create policy one_tenant on execution_stat for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select on execution_stat to gradus_app;
alter table execution_stat set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);

-- How far the job has come, over all tenants. Whoever counts holds the row meanwhile.
create table execution_stat_clock (
  one boolean primary key default true check (one),
  settled_to timestamptz,
  counted_to timestamptz
);
comment on column execution_stat_clock.settled_to is 'what lies before it is counted for good; null before the first time';
comment on column execution_stat_clock.counted_to is 'when what is not settled yet was counted last';
insert into execution_stat_clock default values;
grant select, update on execution_stat_clock to gradus_engine;
grant select on execution_stat_clock to gradus_app;

-- What ended in a time, of whatever tenant: for the job. An execution enters it once, when it ends, and no statement of the
-- engine can be planned by it.
create index execution_ended on execution (stopped_at) where stopped_at is not null and map_run_id is null;
