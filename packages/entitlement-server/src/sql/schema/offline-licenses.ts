/**
 * Offline licenses. `sweep_at` is when one may be forgotten: 90 days after it ended, however that came about; one without an
 * end stays. The locks are those of `session-functions.ts`.
 */
export const OFFLINE_LICENSES = `
create table secure_player.offline_licenses (
  tenant text not null,
  key text not null,
  account_id text not null,
  device_id text not null,
  device text not null,
  content_id text not null,
  format text,
  created_at bigint not null,
  renewed_at bigint,
  expires_at bigint,
  start_by bigint,
  play_within_ms bigint,
  first_played_at bigint,
  end_reason text,
  ended_at bigint,
  seq bigint generated always as identity,
  sweep_at bigint generated always as (least(ended_at, expires_at) + 7776000000) stored,
  primary key (key, tenant)
);
create index offline_licenses_account on secure_player.offline_licenses (account_id, tenant, seq);
create index offline_licenses_sweep on secure_player.offline_licenses (sweep_at) where sweep_at is not null;

-- Whether a device has, or can have, a place for its licenses. The account is locked.
create function secure_player.has_offline_place(
  p_tenant text, p_account text, p_device text, p_now bigint, p_limit integer
) returns boolean language plpgsql volatile as $body$
declare
  holders text[];
begin
  if p_limit is null then return true; end if;

  select coalesce(array_agg(distinct device_id), '{}') into holders
    from secure_player.offline_licenses
    where tenant = p_tenant and account_id = p_account
      and end_reason is null and (expires_at is null or expires_at > p_now);
  return p_device = any(holders) or cardinality(holders) < p_limit;
end $body$;

create function secure_player.open_offline_license(
  p_tenant text, p_key text, p_account text, p_device_id text, p_device text, p_content text, p_format text,
  p_created bigint, p_expires bigint, p_start_by bigint, p_play_within bigint, p_clock bigint, p_now bigint, p_limit integer,
  p_kept integer
) returns jsonb language plpgsql volatile as $body$
declare
  license secure_player.offline_licenses;
begin
  perform secure_player.lock_account(p_tenant, p_account);
  select * into license from secure_player.offline_licenses where tenant = p_tenant and key = p_key;
  if found then
    if coalesce(license.sweep_at > p_clock, true) then
      return jsonb_build_object('status', 'exists', 'license', to_jsonb(license));
    end if;
    delete from secure_player.offline_licenses where tenant = p_tenant and key = p_key;
  end if;
  if not secure_player.has_offline_place(p_tenant, p_account, p_device_id, p_now, p_limit) then
    return jsonb_build_object('status', 'refused');
  end if;

  insert into secure_player.offline_licenses (
    tenant, key, account_id, device_id, device, content_id, format, created_at, expires_at, start_by, play_within_ms
  ) values (
    p_tenant, p_key, p_account, p_device_id, p_device, p_content, p_format, p_created, p_expires, p_start_by, p_play_within
  ) returning * into license;
  delete from secure_player.offline_licenses
    where tenant = p_tenant and account_id = p_account and seq <= (
      select seq from secure_player.offline_licenses
      where tenant = p_tenant and account_id = p_account
      order by seq desc offset p_kept limit 1
    );
  return jsonb_build_object('status', 'granted', 'license', to_jsonb(license));
end $body$;

create function secure_player.renew_offline_license(
  p_tenant text, p_key text, p_expires bigint, p_start_by bigint, p_play_within bigint, p_clock bigint, p_now bigint,
  p_limit integer
) returns jsonb language plpgsql volatile as $body$
declare
  license secure_player.offline_licenses;
begin
  select * into license from secure_player.offline_licenses where tenant = p_tenant and key = p_key;
  if not found then return jsonb_build_object('status', 'over'); end if;

  perform secure_player.lock_account(p_tenant, license.account_id);
  select * into license from secure_player.offline_licenses
    where tenant = p_tenant and key = p_key for no key update;
  if not found or license.sweep_at <= p_clock then return jsonb_build_object('status', 'over'); end if;
  if license.end_reason is not null then
    return jsonb_build_object('status', 'over', 'license', to_jsonb(license));
  end if;
  if not secure_player.has_offline_place(p_tenant, license.account_id, license.device_id, p_now, p_limit) then
    return jsonb_build_object('status', 'refused');
  end if;

  update secure_player.offline_licenses set
    renewed_at = p_now, expires_at = p_expires, start_by = p_start_by, play_within_ms = p_play_within,
    first_played_at = null
    where tenant = p_tenant and key = p_key returning * into license;
  return jsonb_build_object('status', 'granted', 'license', to_jsonb(license));
end $body$;
`;
