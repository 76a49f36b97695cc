-- What a tenant's tasks reach other systems by. Settings are for all of the tenant to read; secrets are sealed under a
-- key outside the database, and bound to this tenant and row.
create table connection (
  tenant_id uuid not null references tenant (id),
  name text collate "C" not null check (length(name) between 1 and 64),
  id uuid not null,
  kind text collate "C" not null check (kind in ('AWS', 'HTTP', 'EMAIL', 'SQL', 'SLACK')),
  is_default boolean not null,
  settings bytea not null check (length(settings) <= 65536),
  sealed bytea not null check (length(sealed) <= 65536),
  secrets text[] not null,
  revision bigint not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, name),
  unique (tenant_id, id)
);
comment on column connection.settings is 'JSON: a text for each field that is no secret';
comment on column connection.sealed is 'JSON likewise of those that are, sealed';
comment on column connection.secrets is 'the names of the secrets that are there';
comment on column connection.revision is 'counts changes: what is kept open for a connection is kept by it';
-- What a task uses that names none.
create unique index connection_default on connection (tenant_id, kind) where is_default;

alter table connection enable row level security;
alter table connection force row level security;
create policy one_tenant on connection for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update, delete on connection to gradus_app;

-- When the installation's key changes, every secret is sealed anew, of all tenants; nothing else of a connection is seen
-- by who does that.
create policy platform on connection for all to gradus_platform using (true) with check (true);
grant select (tenant_id, id, sealed), update (sealed) on connection to gradus_platform;
