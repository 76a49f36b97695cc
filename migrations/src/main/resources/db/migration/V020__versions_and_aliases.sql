-- Published versions of state machines, and the aliases that route to one or two of them.

alter table state_machine add column last_version int not null default 0;
comment on column state_machine.last_version is 'numbers are never used again, not even a deleted version''s';

create table state_machine_version (
  tenant_id uuid not null,
  state_machine_id uuid not null,
  number int not null check (number > 0),
  revision_id uuid not null,
  description text,
  created_at timestamptz not null,
  primary key (tenant_id, state_machine_id, number),
  -- publishing a revision again finds its version
  unique (tenant_id, state_machine_id, revision_id),
  foreign key (tenant_id, state_machine_id) references state_machine (tenant_id, id),
  foreign key (tenant_id, revision_id) references state_machine_revision (tenant_id, id)
);

create table state_machine_alias (
  tenant_id uuid not null,
  state_machine_id uuid not null,
  name text collate "C" not null check (length(name) between 1 and 80),
  description text,
  first_version int not null,
  first_weight int not null check (first_weight between 0 and 100),
  second_version int,
  second_weight int check (second_weight between 0 and 100),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, state_machine_id, name),
  check ((second_version is null) = (second_weight is null)),
  check (first_weight + coalesce(second_weight, 0) = 100),
  foreign key (tenant_id, state_machine_id, first_version)
    references state_machine_version (tenant_id, state_machine_id, number),
  foreign key (tenant_id, state_machine_id, second_version)
    references state_machine_version (tenant_id, state_machine_id, number)
);

do $$
declare
  t text;
begin
  foreach t in array array['state_machine_version', 'state_machine_alias'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', t);
  end loop;
end
$$;

grant select, insert, update, delete on state_machine_version, state_machine_alias to gradus_app;
