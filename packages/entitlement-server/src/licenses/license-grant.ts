import type { KeyId } from '@secure-player/protocol';

import { authenticate, type Authenticator, type Identity } from '../accounts/authenticate.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { Title } from '../catalog/title.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import { requireRights } from '../rights/require-rights.js';
import type { Clock } from '../storage/owned-expiring-map.js';

/** What it takes to decide about a license, whatever the key system. */
export interface LicenseAuthority extends Authenticator {
  readonly titles: TitleIndex;
  readonly sessions: PlaybackSessions;
  readonly clock: Clock;
}

/** Which of the keys asked for may be handed out. */
export interface LicenseGrant {
  readonly title: Title;
  /** At least one, in the order asked for. */
  readonly keyIds: readonly KeyId[];
}

/**
 * Decides about a license request at this moment: what was true when the session was opened does not count. Throws the
 * problem to answer with when not even one key may go out.
 */
export async function grantLicense(
  authority: LicenseAuthority,
  request: Request,
  requested: readonly KeyId[],
): Promise<LicenseGrant> {
  const title = requireOneTitle(authority.titles, requested);
  const identity = await identify(authority, request, title);
  const rights = requireRights(title, identity, authority.clock());

  const keyIds = requested.filter((keyId) => rights.keyIds.includes(keyId));
  if (keyIds.length === 0) throw new ProblemError('plan-insufficient');
  return { title, keyIds };
}

function requireOneTitle(titles: TitleIndex, keyIds: readonly KeyId[]): Title {
  const found = new Set(keyIds.map((keyId) => titles.findByKeyId(keyId)));
  const [title] = found;
  if (title === undefined || found.has(undefined)) throw new ProblemError('content-not-found');
  if (found.size > 1) throw invalidField('kids', 'must all belong to one title');
  return title;
}

/** By the playback session if the URL names one, else by the bearer token. */
async function identify(authority: LicenseAuthority, request: Request, title: Title): Promise<Identity> {
  const bearer = await authenticate(request, authority);
  const ids = new URL(request.url).searchParams.getAll('session');
  const [id] = ids;
  if (id === undefined) return bearer;
  if (ids.length > 1) throw invalidField('session', 'must be given once');

  const { session, identity } = await authority.sessions.use(id, bearer);
  if (session.contentId !== title.id)
    throw invalidField('kids', "must belong to the playback session's title");
  return identity;
}
