-- The list of a tenant's executions leaves children of Map Runs out. Ids are in the order of starting; without this, the list
-- after a Map Run of a million items would walk over a million rows to find the first that it shows.
create index execution_listed on execution (tenant_id, id) where map_run_id is null;
