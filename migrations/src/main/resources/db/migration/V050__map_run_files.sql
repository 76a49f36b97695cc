-- What of a Map Run is in its result files, and what of it cannot be taken up again.
alter table map_run
  add column written bigint,
  add column written_items bigint,
  add column not_redrivable bigint not null default 0,
  add column not_redrivable_items bigint not null default 0;
comment on column map_run.written is 'child executions in the result files, those among them that were not started; null where none were written';
comment on column map_run.not_redrivable is 'child executions that did not succeed and cannot be redriven';
