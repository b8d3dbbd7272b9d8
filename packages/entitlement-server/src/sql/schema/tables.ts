/**
 * Times are epoch milliseconds. `seq` tells what was added earlier, where times are equal.
 *
 * Indexes begin with what tells rows apart best, and not with the tenant. Plans are made while tables are empty, when each
 * index that fits at all looks as good as the best one.
 *
 * `sessions.sweep_at` is when a session may be forgotten, rounded up to a quarter of an hour: a column with an index that
 * every renewal changed would cost each of them a new entry in every index.
 */
export const TABLES = `
create table secure_player.sessions (
  tenant text not null,
  key text not null,
  account_id text,
  login_id text,
  content_id text not null,
  intent text not null,
  format text,
  device text not null,
  started_at bigint not null,
  expires_at bigint not null,
  lease_expires_at bigint,
  end_reason text,
  ended_by text,
  seq bigint generated always as identity,
  sweep_at bigint generated always as ((expires_at / 900000 + 2) * 900000) stored,
  primary key (key, tenant)
) with (fillfactor = 80);
create index sessions_account on secure_player.sessions (account_id, tenant, seq);
create index sessions_login on secure_player.sessions (login_id, tenant) where login_id is not null;
create index sessions_sweep on secure_player.sessions (sweep_at);

create table secure_player.anonymous_rooms (
  tenant text primary key,
  taken integer not null default 0,
  counted_at bigint not null default 0
) with (fillfactor = 50);

create table secure_player.bearers (
  tenant text not null,
  id text not null,
  account_id text not null,
  expires_at bigint not null,
  seq bigint generated always as identity,
  primary key (id, tenant)
);
create index bearers_account on secure_player.bearers (account_id, tenant, seq);
create index bearers_sweep on secure_player.bearers (expires_at);

create table secure_player.tokens (jti text primary key, expires_at bigint not null);
create index tokens_sweep on secure_player.tokens (expires_at);

create sequence secure_player.rental_seq;
create table secure_player.rentals (
  tenant text not null,
  account_id text not null,
  content_id text not null,
  rented_at bigint not null,
  started_at bigint,
  seq bigint not null default nextval('secure_player.rental_seq'),
  primary key (account_id, tenant, content_id)
);

create table secure_player.devices (
  tenant text not null,
  account_id text not null,
  id text not null,
  name text not null,
  first_seen_at bigint not null,
  last_seen_at bigint not null,
  seq bigint generated always as identity,
  primary key (account_id, tenant, id)
) with (fillfactor = 80);

create table secure_player.audit (
  id bigint generated always as identity primary key,
  tenant text not null,
  time bigint not null,
  action text not null,
  decision text not null,
  account_id text,
  content_id text,
  system text,
  region text,
  keys integer,
  session_key text
);
create index audit_tenant on secure_player.audit (tenant, id);
create index audit_account on secure_player.audit (account_id, tenant, id);
`;
