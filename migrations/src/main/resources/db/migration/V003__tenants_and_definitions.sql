-- Who uses Gradus, and what they have written. A tenant is an account; its id leads every key.

create table tenant (
  id uuid primary key,
  account char(12) not null unique check (account ~ '^[0-9]{12}$'),
  name text not null check (length(name) between 1 and 80),
  status smallint not null default 0 check (status in (0, 1)),
  aws_strict boolean not null default true,
  created_at timestamptz not null default now()
);
comment on column tenant.status is '0 active, 1 suspended';

-- People may belong to several tenants, so they are not a tenant's rows; the app role reaches them through
-- the functions below only.
create table app_user (
  id uuid primary key,
  login text collate "C" not null unique check (length(login) between 1 and 254),
  display_name text not null,
  email text,
  password_hash text not null,
  platform_operator boolean not null default false,
  status smallint not null default 0 check (status in (0, 1)),
  created_at timestamptz not null default now()
);

create table membership (
  tenant_id uuid not null references tenant (id),
  user_id uuid not null references app_user (id),
  roles text[] not null check (roles <@ array['viewer', 'operator', 'author', 'approver', 'admin']),
  primary key (tenant_id, user_id)
);

create table access_key (
  tenant_id uuid not null references tenant (id),
  id text collate "C" not null,
  sealed_secret bytea not null,
  user_id uuid,
  description text not null default '',
  roles text[] not null default array['admin'],
  status smallint not null default 0 check (status in (0, 1)),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  primary key (tenant_id, id)
);
-- the one lookup that comes before a tenant is known
create unique index access_key_by_id on access_key (id);

create table secret (
  name text primary key,
  sealed bytea not null
);
comment on table secret is 'secrets of the installation itself, sealed under the key outside the database';

create table state_machine (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text collate "C" not null,
  type smallint not null check (type in (0, 1)),
  status smallint not null default 0 check (status in (0, 1)),
  role_arn text not null,
  revision_id uuid not null,
  logging bytea,
  tracing bytea,
  encryption bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column state_machine.type is '0 STANDARD, 1 EXPRESS';
comment on column state_machine.status is '0 ACTIVE, 1 DELETING';
create unique index state_machine_by_name on state_machine (tenant_id, name) where status = 0;

create table state_machine_revision (
  tenant_id uuid not null,
  state_machine_id uuid not null,
  id uuid not null,
  number int not null,
  definition bytea not null,
  role_arn text not null,
  logging bytea,
  tracing bytea,
  encryption bytea,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, state_machine_id, number),
  foreign key (tenant_id, state_machine_id) references state_machine (tenant_id, id)
);
alter table state_machine_revision alter column definition set storage extended;

create table activity (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text collate "C" not null,
  encryption bytea,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table http_function (
  tenant_id uuid not null references tenant (id),
  name text collate "C" not null check (length(name) between 1 and 140),
  url text not null,
  timeout_seconds int not null check (timeout_seconds between 1 and 900),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name)
);

create table tag (
  tenant_id uuid not null references tenant (id),
  resource_arn text collate "C" not null,
  key text collate "C" not null,
  value text not null,
  primary key (tenant_id, resource_arn, key)
);

-- Append-only: no role but the owner may change or delete a row. Each entry's hash covers the one before it.
create table audit (
  tenant_id uuid not null references tenant (id),
  seq bigint not null,
  at timestamptz not null,
  who text not null,
  action text not null,
  target text not null,
  source text not null,
  detail bytea,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (tenant_id, seq)
);

do $$
declare
  t text;
begin
  foreach t in array array['tenant', 'membership', 'access_key', 'state_machine', 'state_machine_revision',
      'activity', 'http_function', 'tag', 'audit'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
        'create policy one_tenant on %I for all to gradus_app
           using (%s = nullif(current_setting(''app.tenant'', true), '''')::uuid)
           with check (%s = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
        t, case when t = 'tenant' then 'id' else 'tenant_id' end,
        case when t = 'tenant' then 'id' else 'tenant_id' end);
  end loop;
end
$$;

-- Before a tenant is known (sign-in, access keys) and above tenants (creating and suspending them), a role of its
-- own works on the few tables that it needs and on no payload.
do $$
begin
  if not exists (select from pg_roles where rolname = 'gradus_platform') then
    create role gradus_platform nologin nosuperuser nobypassrls;
  end if;
end
$$;
create policy platform on tenant for all to gradus_platform using (true) with check (true);
create policy platform on membership for all to gradus_platform using (true) with check (true);
create policy platform on access_key for all to gradus_platform using (true) with check (true);
create policy platform on audit for select to gradus_platform using (true);
create policy platform_appends on audit for insert to gradus_platform with check (true);
grant select, insert, update on tenant, app_user, secret to gradus_platform;
grant select, insert, update, delete on membership, access_key to gradus_platform;
grant select, insert on audit to gradus_platform;

grant select on tenant to gradus_app;
grant select, insert, update, delete on membership, access_key, state_machine, state_machine_revision, activity,
  http_function, tag to gradus_app;
grant select, insert on audit to gradus_app;

-- What the engine reads of them, for many tenants at once.
create policy engine_reads on tenant for select to gradus_engine using (true);
create policy engine_reads on state_machine for select to gradus_engine using (true);
create policy engine_reads on state_machine_revision for select to gradus_engine using (true);
create policy engine_reads on activity for select to gradus_engine using (true);
create policy engine_reads on audit for select to gradus_engine using (true);
create policy engine_appends on audit for insert to gradus_engine with check (true);
grant select on tenant, state_machine, state_machine_revision, activity to gradus_engine;
grant select, insert on audit to gradus_engine;
