-- AWS's limits hold for a state machine, or do not, or hold where they do for its tenant (null).
alter table state_machine add column aws_strict boolean;

-- An execution keeps the limits that it was started under, whoever moves it and whatever is switched meanwhile.
alter table execution add column aws_strict boolean not null default true;

-- The tenant's administrators switch it, in their own tenant's row.
grant update (aws_strict) on tenant to gradus_app;
