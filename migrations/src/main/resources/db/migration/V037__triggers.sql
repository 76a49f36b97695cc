-- What starts executions by itself: schedules, webhooks and queues. What waits for its moment is due at `due_at`; whoever
-- sees to it takes the row for a while by moving that moment on, under a lease of its own, so that a node that dies in
-- between loses nothing and none sees to it twice.
create table trigger (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text collate "C" not null check (name ~ '^[a-zA-Z0-9_-]{1,64}$'),
  kind smallint not null check (kind between 0 and 2),
  state_machine_arn text not null check (length(state_machine_arn) between 1 and 256),
  input text check (octet_length(input) <= 65536),
  enabled boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expression text check (length(expression) <= 256),
  time_zone text check (length(time_zone) <= 64),
  anchor_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  catch_up boolean not null default true,
  hook_id text collate "C",
  proof smallint check (proof between 0 and 2),
  secret bytea,
  queue_url text check (length(queue_url) <= 2048),
  batch_size int check (batch_size between 1 and 10),
  next_at timestamptz,
  due_at timestamptz,
  lease uuid,
  tries int not null default 0,
  problem text,
  problem_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, name),
  unique (tenant_id, hook_id),
  check ((kind = 0) = (expression is not null and time_zone is not null and anchor_at is not null)),
  check ((kind = 1) = (hook_id is not null and proof is not null and secret is not null)),
  check ((kind = 2) = (queue_url is not null and batch_size is not null))
);
comment on column trigger.kind is '0 SCHEDULE, 1 WEBHOOK, 2 QUEUE';
comment on column trigger.input is 'a template of the execution''s input, as JSON; null for the event itself';
comment on column trigger.anchor_at is 'what a rate is counted from';
comment on column trigger.catch_up is 'whether a moment that was missed is made up for, once';
comment on column trigger.proof is '0 KEY, 1 SIGNATURE, 2 GITHUB';
comment on column trigger.secret is 'a key''s digest, or a shared secret under the seal';
comment on column trigger.next_at is 'the moment that a schedule fires for next; null for none';
-- what is to be seen to, of whatever tenant
create index trigger_due on trigger (due_at) where due_at is not null;

-- The last times that a trigger fired, or failed to.
create table trigger_fire (
  tenant_id uuid not null,
  trigger_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  event_id text not null,
  execution_arn text,
  error text,
  cause text,
  primary key (tenant_id, trigger_id, id),
  foreign key (tenant_id, trigger_id) references trigger (tenant_id, id) on delete cascade,
  check ((execution_arn is null) = (error is not null))
);

do $$
declare
  t text;
begin
  foreach t in array array['trigger', 'trigger_fire'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('create policy engine on %I for all to gradus_engine using (true) with check (true)', t);
  end loop;
end
$$;
grant select, insert, update, delete on trigger to gradus_app;
grant select on trigger_fire to gradus_app;

-- When the installation's key changes, every shared secret is sealed anew.
create policy platform on trigger for all to gradus_platform using (true) with check (true);
grant select (tenant_id, id, proof, secret), update (secret) on trigger to gradus_platform;

-- The engine sees to what is due and has no use for secrets.
grant select (tenant_id, id, name, kind, state_machine_arn, input, enabled, expression, time_zone, anchor_at, starts_at,
  ends_at, catch_up, queue_url, batch_size, next_at, due_at, lease, tries, problem, problem_at) on trigger to gradus_engine;
grant update (next_at, due_at, lease, tries, problem, problem_at) on trigger to gradus_engine;
grant select, insert, delete on trigger_fire to gradus_engine;
alter table trigger_fire set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
