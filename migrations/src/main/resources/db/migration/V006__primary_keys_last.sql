-- While a table is small, several of its indexes cost the same to the planner, and the one that was made last wins. That
-- has to be the primary key: a plan lives on while the table grows, and one by (tenant_id, …, id) then walks over all
-- that the tenant has.
alter table execution drop constraint execution_pkey;
alter table execution add primary key (tenant_id, id);
alter table timer drop constraint timer_pkey;
alter table timer add primary key (tenant_id, execution_id, timer_id);
