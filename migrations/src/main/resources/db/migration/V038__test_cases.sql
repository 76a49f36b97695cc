-- Test cases of state machines: what goes in, what tasks answer, what is to come of it; and what came of the last run.
create table test_case (
  tenant_id uuid not null,
  state_machine_id uuid not null,
  name text collate "C" not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 500),
  content bytea not null check (octet_length(content) <= 524288),
  bytes int not null generated always as (octet_length(content)) stored,
  updated_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_run_at timestamptz,
  last_run_by text,
  last_passed boolean,
  last_revision int,
  last_result bytea check (octet_length(last_result) <= 524288),
  primary key (tenant_id, state_machine_id, name),
  check (num_nulls(last_run_at, last_run_by, last_passed, last_revision, last_result) in (0, 5)),
  foreign key (tenant_id, state_machine_id) references state_machine (tenant_id, id)
);
comment on column test_case.content is 'the case without its name, as JSON';
comment on column test_case.last_revision is 'the number of the definition that it ran on';

alter table test_case enable row level security;
alter table test_case force row level security;
create policy one_tenant on test_case for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update, delete on test_case to gradus_app;
