-- Lists of executions that people come back to: a name for what a list's address filters. Whoever made one sees it, and
-- where it is shared, everyone in the tenant does.
create table saved_view (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  owner text collate "C" not null,
  name text collate "C" not null check (length(name) between 1 and 80),
  query text collate "C" not null check (length(query) <= 2000),
  shared boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id)
);
comment on column saved_view.owner is 'who made it, as the audit log names them';
comment on column saved_view.query is 'the parameters of the list''s address; the empty text filters nothing';
-- a person's, in their order; and no two of one name
create unique index saved_view_by_owner on saved_view (tenant_id, owner, name);
-- those of the tenant, in their order; and no two of one name
create unique index saved_view_shared on saved_view (tenant_id, name) where shared;

alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy one_tenant on saved_view for all to gradus_app
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete on saved_view to gradus_app;
grant update (name, query, shared, changed_at) on saved_view to gradus_app;
