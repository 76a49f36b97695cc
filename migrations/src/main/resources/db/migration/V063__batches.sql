-- Many executions that are stopped or redriven by one request. What is left to do is due at `due_at`; whoever works on it
-- takes the row for a while by moving that moment on, under a lease of its own. An item's outcome and the counts that it
-- changes are written together, once.
create table batch (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  action smallint not null check (action in (0, 1)),
  error text check (length(error) <= 256),
  cause text check (length(cause) <= 32768),
  selection text not null,
  created_by text not null,
  created_at timestamptz not null,
  cancelled_by text,
  ended_at timestamptz,
  total int not null check (total between 1 and 10000),
  done int not null default 0,
  refused int not null default 0,
  cancelled int not null default 0,
  due_at timestamptz,
  lease uuid,
  primary key (tenant_id, id),
  check (done + refused + cancelled <= total),
  check ((ended_at is null) = (due_at is not null)),
  check (ended_at is null or done + refused + cancelled = total)
);
comment on column batch.action is '0 STOP, 1 REDRIVE';
comment on column batch.selection is 'what was asked for, as JSON';
comment on column batch.created_by is 'as the audit log names them: in whose name each item is done';
comment on column batch.cancelled_by is 'who asked that nothing more be done; whoever works on it ends it';
-- what is to be worked on, of whatever tenant
create index batch_due on batch (due_at) where due_at is not null;

create table batch_item (
  tenant_id uuid not null,
  batch_id uuid not null,
  number int not null,
  execution_arn text collate "C" not null,
  outcome smallint not null default 0 check (outcome between 0 and 3),
  tries int not null default 0,
  error text,
  reason text,
  at timestamptz,
  primary key (tenant_id, batch_id, number),
  foreign key (tenant_id, batch_id) references batch (tenant_id, id) on delete cascade,
  check ((outcome = 0) = (at is null))
);
comment on column batch_item.outcome is '0 WAITING, 1 DONE, 2 REFUSED, 3 CANCELLED';
comment on column batch_item.tries is 'how often it was begun: a node that dies in between leaves it to be begun again';
comment on column batch_item.error is 'why it was refused, by AWS''s name; null where AWS has none';
-- what is left of a batch
create index batch_item_waiting on batch_item (tenant_id, batch_id, number) where outcome = 0;

do $$
declare
  t text;
begin
  foreach t in array array['batch', 'batch_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('create policy engine on %I for all to gradus_engine using (true) with check (true)', t);
    execute format('grant select, update, delete on %I to gradus_engine', t);
    execute format('grant select, insert on %I to gradus_app', t);
  end loop;
end
$$;
grant update (cancelled_by, due_at) on batch to gradus_app;
