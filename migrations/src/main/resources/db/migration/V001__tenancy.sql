-- The roles that Gradus works under. The owner runs the migrations and nothing else; row-level security binds the other two.
do $$
begin
  if not exists (select from pg_roles where rolname = 'gradus_app') then
    create role gradus_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'gradus_engine') then
    create role gradus_engine nologin nosuperuser nobypassrls;
  end if;
end
$$;
