-- Groups of a tenant's people, which approvals are addressed to; passwords that hold for a first sign-in only; and what
-- the audit log is looked up by.

alter table membership
  add column groups text[] not null default '{}'
    check (cardinality(groups) <= 50 and array_position(groups, null) is null
        and array_position(groups, '') is null and octet_length(array_to_string(groups, '')) <= 16384);
comment on column membership.groups is 'sorted, without duplicates; a group is there as long as somebody is in it';

alter table app_user
  add column password_version int not null default 0,
  add column password_expires_at timestamptz;
comment on column app_user.password_version is
  'one more with each new password: a session that began under another one is over';
comment on column app_user.password_expires_at is
  'null for a password of the person''s own choice; otherwise it was given to them and must be changed before then';

-- who did it, what was done, when: each newest first
create index audit_by_who on audit (tenant_id, who, seq);
create index audit_by_action on audit (tenant_id, action, seq);
create index audit_by_time on audit (tenant_id, at);
