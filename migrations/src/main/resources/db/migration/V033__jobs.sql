-- Jobs of other services that `.sync` tasks wait for. A row is there from before the task counts as submitted until the
-- task has its result, or is over without one: then the job is stopped first. Whoever looks after a job takes its row
-- for a while by moving `due_at`, so that a node that dies in between loses nothing.
create table job (
  tenant_id uuid not null,
  execution_id uuid not null,
  frame_id text collate "C" not null,
  attempt bigint not null,
  due_at timestamptz not null,
  looks int not null default 0,
  execution_arn text not null,
  resource text not null,
  credentials bytea,
  handle bytea not null,
  begun_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, execution_id, frame_id, attempt)
);
comment on column job.handle is 'what the service calls the job, as JSON';
comment on column job.credentials is 'the task''s Credentials, which name a role and hold no secret';
create index job_due on job (due_at);

alter table job enable row level security;
alter table job force row level security;
create policy engine on job for all to gradus_engine using (true) with check (true);
grant select, insert, update, delete on job to gradus_engine;
create policy one_tenant on job for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select on job to gradus_app;
alter table job set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
