-- Tries to log in that may be somebody guessing: counted for all nodes together, for the login that was tried and for
-- the address that tried. Keys are digests, so a row is small whatever was typed; a row that is quiet for an hour goes.
create table login_attempt (
  key bytea primary key check (octet_length(key) = 32),
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
-- for dropping the quiet ones
create index login_attempt_by_last on login_attempt (last_at);

grant select, insert, update, delete on login_attempt to gradus_platform;
