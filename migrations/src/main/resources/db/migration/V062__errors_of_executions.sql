-- The error that an execution ended with, for lists and for finding what ended with the same one. Executions that were over
-- before have none.
alter table execution add column error text collate "C";
comment on column execution.error is 'of what is over and did not succeed: its first 256 characters; null where none was told';
-- What ended with an error, newest first. Only what ends so enters it, and no statement of the engine can be planned by it,
-- as with V011. Children of Map Runs are listed with their Map Run.
create index execution_by_error on execution (tenant_id, error, id)
  where error is not null and map_run_id is null;
