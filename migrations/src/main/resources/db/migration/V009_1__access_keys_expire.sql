-- Who made a key, and until when it may be used: a key that is replaced goes on for a while.
alter table access_key
  add column created_by text not null default '',
  add column expires_at timestamptz;
