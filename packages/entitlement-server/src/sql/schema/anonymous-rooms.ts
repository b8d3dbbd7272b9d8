/**
 * People without an account find room when others' sessions ran out, which lowers `taken` only when it is counted. `open_session`
 * counts once a minute at most, and by itself turns people away from rooms that are half empty by then.
 */
export const ANONYMOUS_ROOMS = `
-- Counting reads as many rows as the room holds at most: every other second, however many are turned away.
create function secure_player.recount_anonymous_room(p_tenant text, p_clock bigint, p_limit integer) returns void
language plpgsql volatile as $body$
declare
  room secure_player.anonymous_rooms;
begin
  select * into room from secure_player.anonymous_rooms
    where tenant = p_tenant and taken >= p_limit for no key update;
  if not found or abs(p_clock - room.counted_at) < 2000 then return; end if;

  delete from secure_player.sessions
    where tenant = p_tenant and account_id is null and expires_at <= p_clock;
  update secure_player.anonymous_rooms
    set counted_at = p_clock,
      taken = (select count(*) from secure_player.sessions where tenant = p_tenant and account_id is null)
    where tenant = p_tenant;
end $body$;
`;
