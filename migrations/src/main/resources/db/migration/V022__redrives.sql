-- Executions that did not succeed may be taken up again. The engine knows of it from their state and history; these
-- columns are for lists, and for a call that is repeated.

alter table execution
  add column redrive_count int not null default 0,
  add column redriven_at timestamptz,
  add column redrive_token text;
comment on column execution.redrive_token is 'the client token of the last redrive: the same again is the same redrive';
