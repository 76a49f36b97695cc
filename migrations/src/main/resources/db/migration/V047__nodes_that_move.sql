-- Children of Map Runs are given to all nodes that move executions; one that only answers calls has to be known as such.
alter table node add column moves boolean not null default true;
