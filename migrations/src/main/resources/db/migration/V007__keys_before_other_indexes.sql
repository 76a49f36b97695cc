-- As V006, for the other tables that the engine works on, and for the index that a name is looked up by; the key of
-- execution has to come after that one again.
drop index execution_by_name;
create unique index execution_by_name on execution (tenant_id, state_machine_id, name);
alter table execution drop constraint execution_pkey, add primary key (tenant_id, id);
alter table task drop constraint task_pkey, add primary key (tenant_id, execution_id, frame_id, attempt);
alter table inbox drop constraint inbox_pkey, add primary key (tenant_id, execution_id, source_id);
alter table state_machine_revision drop constraint state_machine_revision_pkey, add primary key (tenant_id, id);
