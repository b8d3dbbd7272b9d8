/**
 * People without an account find room when others' sessions ran out, which lowers `taken` only when it is counted. The first
 * `open_session` counted once a minute at most, and turned people away from rooms that were half empty by then.
 */
export const ANONYMOUS_ROOMS = `
-- The room is locked. Counting reads as many rows as the room holds at most: every other second, however many are turned away.
create function secure_player.has_anonymous_room(p_tenant text, p_clock bigint, p_limit integer) returns boolean
language plpgsql volatile as $body$
declare
  room secure_player.anonymous_rooms;
begin
  select * into room from secure_player.anonymous_rooms where tenant = p_tenant;
  if room.taken < p_limit then return true; end if;
  if abs(p_clock - room.counted_at) < 2000 then return false; end if;

  delete from secure_player.sessions
    where tenant = p_tenant and account_id is null and expires_at <= p_clock;
  update secure_player.anonymous_rooms
    set counted_at = p_clock,
      taken = (select count(*) from secure_player.sessions where tenant = p_tenant and account_id is null)
    where tenant = p_tenant returning * into room;
  return room.taken < p_limit;
end $body$;

create or replace function secure_player.open_session(
  p_tenant text, p_key text, p_account text, p_login text, p_content text, p_intent text, p_format text, p_device text,
  p_started bigint, p_expires bigint, p_clock bigint, p_anonymous_limit integer,
  p_wants boolean, p_now bigint, p_until bigint, p_streams integer, p_on_limit text, p_replace text
) returns jsonb language plpgsql volatile as $body$
declare
  known secure_player.sessions;
  opened secure_player.sessions;
  playing jsonb;
begin
  if p_account is null then
    insert into secure_player.anonymous_rooms (tenant) values (p_tenant) on conflict do nothing;
    perform 1 from secure_player.anonymous_rooms where tenant = p_tenant for no key update;
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

  if p_account is null and not secure_player.has_anonymous_room(p_tenant, p_clock, p_anonymous_limit) then
    return jsonb_build_object('status', 'full');
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
`;
