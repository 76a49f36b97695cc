-- Lists of what failed, timed out, was stopped or waits for a redrive, newest first: ids are in the order of starting. An
-- execution enters it when it ends so and never before: what runs and what succeeds does not pay for it, and no statement
-- of the engine can be planned by it.
create index execution_ended_badly on execution (tenant_id, id)
  where status = any ('{2,3,4,5}'::smallint[]);
