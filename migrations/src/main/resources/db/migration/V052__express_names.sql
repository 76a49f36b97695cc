-- AWS: starts of an Express state machine under one name are executions of their own.
alter table execution add column namesake uuid;
comment on column execution.namesake is
    'tells executions of one name apart where a state machine may have several; null: nobody else has the name';
drop index execution_by_name;
create unique index execution_by_name on execution (tenant_id, state_machine_id, name, namesake) nulls not distinct;
-- The key has to come after it again: see V007.
alter table execution drop constraint execution_pkey, add primary key (tenant_id, id);
