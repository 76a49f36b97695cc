-- Logs of executions. Three steps, each durable before the one before it is forgotten: a commit group names the runs of
-- events that are to be logged (log_due); some node writes them into the tenant's own log (log_event) in one transaction
-- that takes the rows away; what goes to a log group of CloudWatch Logs is a row (log_outgoing) until it was sent.

create table log_due (
  tenant_id uuid not null,
  execution_id uuid not null,
  first_event_id bigint not null,
  redrive_count int not null,
  committed_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, execution_id, first_event_id)
);
comment on table log_due is 'runs of history that are not in the log yet: only inserted by commit groups, so that nobody waits for a writer';
-- the oldest of a tenant, and the next tenant that has any
create index log_due_by_age on log_due (tenant_id, committed_at);

create table log_event (
  tenant_id uuid not null,
  execution_id uuid not null,
  event_id bigint not null,
  at timestamptz not null,
  state_machine text collate "C" not null,
  level smallint not null check (level in (0, 1, 2)),
  type text collate "C" not null,
  execution_arn text collate "C" not null,
  message text not null,
  size int not null,
  kept boolean not null,
  primary key (tenant_id, execution_id, event_id)
);
comment on column log_event.level is '0 ALL, 1 ERROR, 2 FATAL: the highest level that keeps the event';
comment on column log_event.message is 'the event as CloudWatch Logs gets it, JSON';
comment on column log_event.size is 'of the message, bytes of UTF-8';
comment on column log_event.kept is 'whether the execution itself is kept, and can be looked at';
-- the list, and what is beyond the tenant's bound
create index log_event_by_time on log_event (tenant_id, at desc, execution_id desc, event_id desc) include (size);
create index log_event_of_machine on log_event (tenant_id, state_machine, at desc, execution_id desc, event_id desc);

create table log_outgoing (
  tenant_id uuid not null,
  execution_id uuid not null,
  first_event_id bigint not null,
  last_event_id bigint not null,
  log_group text collate "C" not null,
  state_machine text collate "C" not null,
  at timestamptz not null,
  events int not null,
  bytes int not null,
  tries int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, execution_id, first_event_id)
);
comment on table log_outgoing is 'runs of log events that CloudWatch Logs has not taken yet';
comment on column log_outgoing.due_at is 'whoever sends a row takes it by moving this';
create index log_outgoing_due on log_outgoing (tenant_id, due_at);

create table log_delivery (
  tenant_id uuid not null,
  log_group text collate "C" not null,
  sent_events bigint not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text,
  lost_events bigint not null default 0,
  primary key (tenant_id, log_group)
);
comment on table log_delivery is 'how sending to each log group goes';
comment on column log_delivery.lost_events is 'that were not taken and will not be sent again';

do $$
declare
  t text;
begin
  foreach t in array array['log_due', 'log_event', 'log_outgoing', 'log_delivery'] loop
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

alter table log_due set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 2000);
alter table log_outgoing set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 2000);
alter table log_event set (autovacuum_vacuum_scale_factor = 0.05);
