-- Tasks that wait for a person. An approval lives as long as its task: it is opened after the task's commit, decided in
-- the transaction that completes the task, and withdrawn in the one that ends the task without it.

-- Who asked for an execution, so that nobody approves what they started themselves.
alter table execution add column started_by text;

create table approval (
  tenant_id uuid not null,
  id uuid not null,
  execution_id uuid not null,
  frame_id text collate "C" not null,
  attempt bigint not null,
  state_name text not null,
  status smallint not null default 0 check (status between 0 and 3),
  title text not null check (length(title) between 1 and 200),
  description text check (length(description) <= 4000),
  context bytea,
  users text[] not null check (cardinality(users) <= 200),
  groups text[] not null check (cardinality(groups) <= 50),
  quorum int not null check (quorum between 1 and 100),
  allow_starter boolean not null,
  fail_on_reject boolean not null,
  outcomes text[] not null check (cardinality(outcomes) <= 8),
  form bytea,
  started_by text,
  opened_at timestamptz not null default clock_timestamp(),
  due_at timestamptz,
  closed_at timestamptz,
  decision text,
  claimed_by text collate "C",
  claimed_at timestamptz,
  check ((status = 0) = (closed_at is null)),
  check ((status = 1) = (decision is not null))
);
comment on column approval.status is '0 OPEN, 1 DECIDED, 2 WITHDRAWN, 3 OVERDUE';
comment on column approval.started_by is 'who started the execution, or the one it descends from, as the audit log names them';
-- the inbox: what is open, the most urgent first
create index approval_open on approval (tenant_id, (coalesce(due_at, 'infinity'::timestamptz)), id) where status = 0;
-- what is done, the latest first
create index approval_done on approval (tenant_id, closed_at desc, id desc) where status <> 0;
alter table approval
  add constraint approval_by_task unique (tenant_id, execution_id, frame_id, attempt),
  add primary key (tenant_id, id);

-- Whom it was put before, one row each.
create table approval_candidate (
  tenant_id uuid not null,
  approval_id uuid not null,
  kind smallint not null check (kind in (0, 1)),
  name text collate "C" not null check (length(name) between 1 and 254),
  foreign key (tenant_id, approval_id) references approval (tenant_id, id)
);
comment on column approval_candidate.kind is '0 a user by login, 1 a group by name';
create index approval_candidate_by_name on approval_candidate (tenant_id, kind, name, approval_id);
alter table approval_candidate add primary key (tenant_id, approval_id, kind, name);

create table approval_vote (
  tenant_id uuid not null,
  approval_id uuid not null,
  login text collate "C" not null,
  display_name text not null,
  outcome text not null check (length(outcome) between 1 and 40),
  comment text check (length(comment) <= 4000),
  form bytea,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, approval_id, login),
  foreign key (tenant_id, approval_id) references approval (tenant_id, id)
);

create table approval_event (
  tenant_id uuid not null,
  approval_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  kind smallint not null check (kind between 0 and 8),
  who text,
  note text check (length(note) <= 4000),
  foreign key (tenant_id, approval_id) references approval (tenant_id, id)
);
comment on column approval_event.kind is
  '0 OPENED, 1 CLAIMED, 2 UNCLAIMED, 3 COMMENTED, 4 VOTED, 5 DECIDED, 6 WITHDRAWN, 7 OVERDUE, 8 DELEGATED';
-- what a page asks to learn whether it must look again
create index approval_event_latest on approval_event (tenant_id, seq desc);
alter table approval_event add primary key (tenant_id, approval_id, seq);

-- Mails that are to be sent; a row goes when its mail has gone, or can not.
create table approval_mail (
  tenant_id uuid not null,
  approval_id uuid not null,
  login text collate "C" not null,
  address text not null check (length(address) <= 320),
  attempts int not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, approval_id, login),
  foreign key (tenant_id, approval_id) references approval (tenant_id, id)
);
create index approval_mail_due on approval_mail (next_at);

do $$
declare
  t text;
begin
  foreach t in array array['approval', 'approval_candidate', 'approval_vote', 'approval_event', 'approval_mail'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
    execute format('create policy engine on %I for all to gradus_engine using (true) with check (true)', t);
    execute format('grant select on %I to gradus_app', t);
    execute format('grant select, insert on %I to gradus_engine', t);
  end loop;
end
$$;
grant update on approval, approval_mail to gradus_engine;
grant delete on approval_mail to gradus_engine;
-- Claims, comments and delegation change nothing that the engine waits for.
grant update (claimed_by, claimed_at, users) on approval to gradus_app;
grant insert on approval_candidate, approval_event, approval_mail to gradus_app;
grant delete on approval_candidate to gradus_app;

-- A task that ends without a decision takes its approval with it, in the same commit. A decision closes the approval
-- first and finds nothing left to do here. (kind 3 is APPROVAL)
create function withdraw_approval() returns trigger language plpgsql as $$
declare
  execution_status smallint;
  closed_id uuid;
  closed_status smallint;
begin
  select status into execution_status from execution where tenant_id = old.tenant_id and id = old.execution_id;
  update approval
    set status = case when due_at <= clock_timestamp() and execution_status in (0, 2, 5) then 3 else 2 end,
        closed_at = clock_timestamp()
    where tenant_id = old.tenant_id and execution_id = old.execution_id and frame_id = old.frame_id
      and attempt = old.attempt and status = 0
    returning id, status into closed_id, closed_status;
  if closed_id is not null then
    insert into approval_event (tenant_id, approval_id, kind, note)
    values (old.tenant_id, closed_id, case closed_status when 3 then 7 else 6 end,
        case when closed_status = 3 then null
          when execution_status = 4 then 'The execution was stopped'
          when execution_status = 3 then 'The execution timed out'
          when execution_status = 2 then 'The execution failed'
          else 'The execution went on without it' end);
  end if;
  return null;
end
$$;
create trigger approval_follows_task after delete on task for each row when (old.kind = 3)
  execute function withdraw_approval();
comment on column task.kind is '0 CALLBACK, 1 ACTIVITY, 2 SYNC, 3 APPROVAL';
