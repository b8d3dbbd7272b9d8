import type { Identity } from '../accounts/authenticate.js';
import type { Title } from '../catalog/title.js';
import { ProblemError } from '../http/problem-error.js';
import { decideRights, type GrantedRights } from './decide-rights.js';

/** The rights of whoever sent a request, or the problem that says why there are none. */
export function requireRights(title: Title, identity: Identity, now: number): GrantedRights {
  const rights = decideRights(title, identity.status === 'account' ? identity.account : null, now);
  if (rights.status === 'granted') return rights;

  // A token that is over is worth saying: the player renews it instead of asking the viewer to buy something.
  const isStaleToken = rights.code === 'authentication-required' && identity.status === 'rejected';
  throw new ProblemError(isStaleToken ? 'session-expired' : rights.code);
}
