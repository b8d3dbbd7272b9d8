/** What is bounded per account, beside playback sessions. The locks are those of `session-functions.ts`. */
export const ACCOUNT_FUNCTIONS = `
create function secure_player.save_bearer(p_tenant text, p_id text, p_account text, p_expires bigint) returns void
language plpgsql volatile as $body$
begin
  perform secure_player.lock_account(p_tenant, p_account);
  insert into secure_player.bearers (tenant, id, account_id, expires_at)
    values (p_tenant, p_id, p_account, p_expires)
    on conflict (tenant, id) do update set account_id = excluded.account_id, expires_at = excluded.expires_at;
  delete from secure_player.bearers
    where tenant = p_tenant and account_id = p_account and seq <= (
      select seq from secure_player.bearers
      where tenant = p_tenant and account_id = p_account
      order by seq desc offset 256 limit 1
    );
end $body$;

create function secure_player.register_device(
  p_tenant text, p_account text, p_id text, p_name text, p_now bigint, p_limit integer, p_seen_since bigint
) returns boolean language plpgsql volatile as $body$
begin
  perform secure_player.lock_account(p_tenant, p_account);
  delete from secure_player.devices
    where tenant = p_tenant and account_id = p_account and last_seen_at < p_seen_since;
  update secure_player.devices set name = p_name, last_seen_at = p_now
    where tenant = p_tenant and account_id = p_account and id = p_id;
  if found then return true; end if;

  if p_limit <= (select count(*) from secure_player.devices where tenant = p_tenant and account_id = p_account) then
    return false;
  end if;
  delete from secure_player.devices
    where tenant = p_tenant and account_id = p_account and id in (
      select id from secure_player.devices
      where tenant = p_tenant and account_id = p_account
      order by last_seen_at desc, seq desc offset 255
    );
  insert into secure_player.devices (tenant, account_id, id, name, first_seen_at, last_seen_at)
    values (p_tenant, p_account, p_id, p_name, p_now, p_now);
  return true;
end $body$;
`;
