-- As V007 (there is no V006). The rule that both follow: while a table is small, several of its indexes cost the same to
-- the planner, and the one that was made last wins. That has to be the primary key: a plan lives on while the table
-- grows, and one by another index that begins with the tenant then walks over all that the tenant has.
alter table timer drop constraint timer_pkey, add primary key (tenant_id, execution_id, timer_id);
