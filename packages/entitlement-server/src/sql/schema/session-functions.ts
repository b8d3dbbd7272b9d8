/**
 * The calls that look at several rows before they change one. Each statement of a volatile PL/pgSQL function sees what was
 * committed when that statement began, so after taking an account's lock these see what its last holder did; a single
 * statement with CTEs would count by a snapshot from before the lock.
 *
 * Order of locks, everywhere: the account (or the room of those without one), then rows by `seq`.
 */
export const SESSION_FUNCTIONS = `
create function secure_player.lock_account(p_tenant text, p_account text) returns void
language sql volatile as $body$
  select pg_advisory_xact_lock(hashtextextended(p_account, hashtextextended(p_tenant, 0)));
$body$;

create function secure_player.is_kept(s secure_player.sessions, p_clock bigint) returns boolean
language sql immutable as $body$
  select s.expires_at + case when s.account_id is null then 0 else 900000 end > p_clock;
$body$;

-- Makes room for one more stream. Null when there is room, else the streams that play. The account is locked.
create function secure_player.make_room(
  p_tenant text, p_account text, p_key text, p_device text, p_clock bigint,
  p_now bigint, p_streams integer, p_on_limit text, p_replace text
) returns jsonb language plpgsql volatile as $body$
declare
  others secure_player.sessions[];
  excess integer;
begin
  -- Renewals of streams that still run take no account lock. Rows are locked first, and streams that ran out are marked, so
  -- that a renewal at the same moment either comes before the count or finds that its stream is gone.
  perform 1 from secure_player.sessions
    where tenant = p_tenant and account_id = p_account and lease_expires_at is not null
    order by seq for no key update;
  update secure_player.sessions set lease_expires_at = null
    where tenant = p_tenant and account_id = p_account and lease_expires_at <= p_now;

  select coalesce(array_agg(s order by s.started_at, s.seq), '{}') into others
    from secure_player.sessions s
    where s.tenant = p_tenant and s.account_id = p_account and s.key <> p_key
      and s.end_reason is null and s.lease_expires_at > p_now and secure_player.is_kept(s, p_clock);
  excess := cardinality(others) + 1 - p_streams;
  if p_streams is null or excess <= 0 then return null; end if;

  if (p_replace is null and p_on_limit = 'deny-new')
    or excess > cardinality(others)
    or (p_replace <> 'oldest' and not exists (select from unnest(others) o where o.key = p_replace))
  then
    return to_jsonb(others);
  end if;

  update secure_player.sessions
    set lease_expires_at = null, end_reason = 'superseded', ended_by = p_device
    where tenant = p_tenant and key in (
      select o.key from unnest(others) with ordinality as o
      order by coalesce(o.key = p_replace, false) desc, o.ordinality limit excess
    );
  return null;
end $body$;

create function secure_player.open_session(
  p_tenant text, p_key text, p_account text, p_login text, p_content text, p_intent text, p_format text, p_device text,
  p_started bigint, p_expires bigint, p_clock bigint, p_anonymous_limit integer,
  p_wants boolean, p_now bigint, p_until bigint, p_streams integer, p_on_limit text, p_replace text
) returns jsonb language plpgsql volatile as $body$
declare
  room secure_player.anonymous_rooms;
  known secure_player.sessions;
  opened secure_player.sessions;
  playing jsonb;
begin
  if p_account is null then
    insert into secure_player.anonymous_rooms (tenant) values (p_tenant) on conflict do nothing;
    select * into room from secure_player.anonymous_rooms where tenant = p_tenant for no key update;
  else
    perform secure_player.lock_account(p_tenant, p_account);
  end if;

  select * into known from secure_player.sessions where tenant = p_tenant and key = p_key;
  if found then
    if secure_player.is_kept(known, p_clock) then
      return jsonb_build_object('status', 'exists', 'session', to_jsonb(known));
    end if;
    delete from secure_player.sessions where tenant = p_tenant and key = p_key;
  end if;

  if p_account is null then
    if room.taken >= p_anonymous_limit then
      -- Counting is dear, so it is done once a minute at most, however many are turned away.
      if abs(p_clock - room.counted_at) >= 60000 then
        delete from secure_player.sessions
          where tenant = p_tenant and account_id is null and expires_at <= p_clock;
        update secure_player.anonymous_rooms
          set counted_at = p_clock,
            taken = (select count(*) from secure_player.sessions where tenant = p_tenant and account_id is null)
          where tenant = p_tenant returning * into room;
      end if;
      if room.taken >= p_anonymous_limit then return jsonb_build_object('status', 'full'); end if;
    end if;
  end if;
  if p_wants then
    playing := secure_player.make_room(
      p_tenant, p_account, p_key, p_device, p_clock, p_now, p_streams, p_on_limit, p_replace
    );
    if playing is not null then return jsonb_build_object('status', 'refused', 'streams', playing); end if;
  end if;

  insert into secure_player.sessions (
    tenant, key, account_id, login_id, content_id, intent, format, device, started_at, expires_at, lease_expires_at
  ) values (
    p_tenant, p_key, p_account, p_login, p_content, case when p_wants then 'play' else p_intent end, p_format, p_device,
    p_started, p_expires, case when p_wants and p_account is not null then p_until end
  ) on conflict do nothing returning * into opened;
  if not found then
    select * into known from secure_player.sessions where tenant = p_tenant and key = p_key;
    return jsonb_build_object('status', 'exists', 'session', to_jsonb(known));
  end if;

  if p_account is null then
    update secure_player.anonymous_rooms set taken = taken + 1 where tenant = p_tenant;
  else
    delete from secure_player.sessions
      where tenant = p_tenant and account_id = p_account and seq <= (
        select seq from secure_player.sessions
        where tenant = p_tenant and account_id = p_account
        order by seq desc offset 256 limit 1
      );
  end if;
  return jsonb_build_object('status', 'granted', 'session', to_jsonb(opened));
end $body$;

create function secure_player.renew_session(
  p_tenant text, p_key text, p_expires bigint, p_clock bigint,
  p_wants boolean, p_now bigint, p_until bigint, p_streams integer, p_on_limit text, p_replace text
) returns jsonb language plpgsql volatile as $body$
declare
  session secure_player.sessions;
  playing jsonb;
begin
  select * into session from secure_player.sessions where tenant = p_tenant and key = p_key;
  if session.account_id is not null then
    perform secure_player.lock_account(p_tenant, session.account_id);
    perform 1 from secure_player.sessions
      where tenant = p_tenant and account_id = session.account_id and (lease_expires_at is not null or key = p_key)
      order by seq for no key update;
  end if;
  select * into session from secure_player.sessions
    where tenant = p_tenant and key = p_key for no key update;
  if not found or not secure_player.is_kept(session, p_clock) then
    return jsonb_build_object('status', 'over');
  end if;
  if session.end_reason is not null
    and not (session.end_reason = 'superseded' and p_wants and p_replace is not null)
  then
    return jsonb_build_object('status', 'over', 'session', to_jsonb(session));
  end if;

  if p_wants and (session.end_reason is not null or session.lease_expires_at is null or session.lease_expires_at <= p_now)
  then
    playing := secure_player.make_room(
      p_tenant, session.account_id, p_key, session.device, p_clock, p_now, p_streams, p_on_limit, p_replace
    );
    if playing is not null then return jsonb_build_object('status', 'refused', 'streams', playing); end if;
  end if;

  update secure_player.sessions set
    expires_at = coalesce(p_expires, expires_at),
    intent = case when p_wants then 'play' else intent end,
    lease_expires_at = case
      when account_id is null then null
      when p_wants then p_until
      else lease_expires_at
    end,
    end_reason = null,
    ended_by = null
    where tenant = p_tenant and key = p_key returning * into session;
  return jsonb_build_object('status', 'granted', 'session', to_jsonb(session));
end $body$;

create function secure_player.end_session(p_tenant text, p_key text, p_reason text, p_by text) returns void
language plpgsql volatile as $body$
declare
  session secure_player.sessions;
begin
  select * into session from secure_player.sessions where tenant = p_tenant and key = p_key;
  if not found then return; end if;

  if session.account_id is not null then
    update secure_player.sessions set lease_expires_at = null, end_reason = p_reason, ended_by = p_by
      where tenant = p_tenant and key = p_key and end_reason is null;
    return;
  end if;
  -- One of nobody's is forgotten, and makes room.
  perform 1 from secure_player.anonymous_rooms where tenant = p_tenant for no key update;
  delete from secure_player.sessions where tenant = p_tenant and key = p_key;
  if found then
    update secure_player.anonymous_rooms set taken = greatest(taken - 1, 0) where tenant = p_tenant;
  end if;
end $body$;

create function secure_player.end_sessions_of(p_tenant text, p_login text) returns void
language plpgsql volatile as $body$
begin
  perform 1 from secure_player.sessions where tenant = p_tenant and login_id = p_login order by seq for no key update;
  update secure_player.sessions set lease_expires_at = null, end_reason = 'closed'
    where tenant = p_tenant and login_id = p_login and end_reason is null;
end $body$;
`;
