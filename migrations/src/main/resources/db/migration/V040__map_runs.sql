-- Map Runs: what a distributed Map does. Its items are executions of their own, which know the Map Run and their place in
-- it. The engine moves a Map Run with the execution whose Map it is; this row is what others are shown of it.
create table map_run (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  frame_id text collate "C" not null,
  state_name text not null,
  label text not null,
  status smallint not null,
  started_at timestamptz not null,
  stopped_at timestamptz,
  max_concurrency int not null,
  tolerated_count int,
  tolerated_percentage double precision,
  total_items bigint,
  items bigint not null,
  children bigint not null,
  succeeded bigint not null,
  failed bigint not null,
  timed_out bigint not null,
  aborted bigint not null,
  succeeded_items bigint not null,
  failed_items bigint not null,
  timed_out_items bigint not null,
  aborted_items bigint not null,
  pending_redrive bigint not null,
  pending_redrive_items bigint not null,
  redrive_count int not null,
  redriven_at timestamptz,
  primary key (tenant_id, id)
) with (fillfactor = 50);
comment on column map_run.status is '0 RUNNING, 1 SUCCEEDED, 2 FAILED, 3 ABORTED';
comment on column map_run.total_items is 'null while it is not known';
comment on column map_run.items is 'handed to child executions so far';
create index map_run_of_execution on map_run (tenant_id, execution_id, id);

alter table map_run enable row level security;
alter table map_run force row level security;
create policy one_tenant on map_run for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy engine on map_run for all to gradus_engine using (true) with check (true);
grant select, insert, update, delete on map_run to gradus_engine;
grant select on map_run to gradus_app;

alter table execution
  add column map_run_id uuid,
  add column map_state text,
  add column item_index bigint,
  add column item_count int;
comment on column execution.map_run_id is 'the Map Run whose child it is; its definition is then the processor of map_state';
comment on column execution.item_index is 'its place among the children of its Map Run';
comment on column execution.item_count is 'how many of the Map''s items its input holds';

-- Children by their state and in order: to be listed, to be put together and to be stopped. No statement that does not name
-- a Map Run can be planned by it.
create index execution_of_map_run on execution (tenant_id, map_run_id, status, item_index) where map_run_id is not null;

-- Lists of a machine's executions leave children out, and are not to walk over millions of them.
drop index execution_by_start;
create index execution_by_start on execution (tenant_id, state_machine_id, started_at desc, id desc)
  where map_run_id is null;
drop index execution_ended_badly;
create index execution_ended_badly on execution (tenant_id, id)
  where status = any ('{2,3,4,5}'::smallint[]) and map_run_id is null;
