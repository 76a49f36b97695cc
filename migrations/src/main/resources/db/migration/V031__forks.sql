-- An execution that was begun in the middle, from what another one had come to there.
alter table execution
  add column forked_from uuid,
  add column forked_state text;
comment on column execution.forked_from is 'the execution that it was forked from, in the same tenant';
