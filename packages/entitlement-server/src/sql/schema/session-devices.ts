/**
 * On which device a session plays; null for those opened before this was known. The device is added to what `open_session`
 * opens, in the same step, and a full room is counted before: processes of the version before call that function by itself.
 *
 * An account has few sessions, so its index finds those of a device.
 */
export const SESSION_DEVICES = `
alter table secure_player.sessions add column device_id text;

create function secure_player.open_session_on(
  p_device_id text,
  p_tenant text, p_key text, p_account text, p_login text, p_content text, p_intent text, p_format text, p_device text,
  p_started bigint, p_expires bigint, p_clock bigint, p_anonymous_limit integer,
  p_wants boolean, p_now bigint, p_until bigint, p_streams integer, p_on_limit text, p_replace text
) returns jsonb language plpgsql volatile as $body$
declare
  outcome jsonb;
begin
  if p_account is null then
    perform secure_player.recount_anonymous_room(p_tenant, p_clock, p_anonymous_limit);
  end if;
  outcome := secure_player.open_session(
    p_tenant, p_key, p_account, p_login, p_content, p_intent, p_format, p_device, p_started, p_expires, p_clock,
    p_anonymous_limit, p_wants, p_now, p_until, p_streams, p_on_limit, p_replace
  );
  if p_device_id is null or outcome ->> 'status' <> 'granted' then return outcome; end if;

  update secure_player.sessions set device_id = p_device_id where tenant = p_tenant and key = p_key;
  return jsonb_set(outcome, '{session,device_id}', to_jsonb(p_device_id));
end $body$;

create function secure_player.end_sessions_on(p_tenant text, p_account text, p_device_id text) returns void
language plpgsql volatile as $body$
begin
  -- Those that are being opened at the moment are there after this.
  perform secure_player.lock_account(p_tenant, p_account);
  perform 1 from secure_player.sessions
    where tenant = p_tenant and account_id = p_account and device_id = p_device_id
    order by seq for no key update;
  update secure_player.sessions set lease_expires_at = null, end_reason = 'closed', ended_by = null
    where tenant = p_tenant and account_id = p_account and device_id = p_device_id;
end $body$;
`;
