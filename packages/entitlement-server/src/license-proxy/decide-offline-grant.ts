import { authenticate } from '../accounts/authenticate.js';
import type { DecisionNotes } from '../audit/audited.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { OfflineLicenses } from '../offline-licenses/offline-licenses.js';
import { withinTerms } from '../offline-licenses/offline-terms.js';
import { requireStorable } from '../offline-licenses/require-storable.js';
import { requireBounds } from '../policy/require-bounds.js';
import { requireRights } from '../rights/require-rights.js';
import type { DecidedGrant, LicenseAuthority, LicenseQuestion } from './decide-grant.js';
import { grantedKeys, requireSomething } from './grant-keys.js';
import { requireTitle, titleOfDemand } from './grant-title.js';
import type { MessageDemand } from './license-upstream.js';

/** What it takes to decide about a license that is stored. */
export interface OfflineAuthority extends LicenseAuthority {
  readonly offlineLicenses: OfflineLicenses;
}

const STORED = 'persistent-license';

/**
 * Decides about a license that a device is to keep, which belongs to an offline license and to no stream. What the account
 * may watch counts as it is now; how long, as it was when the offline license was opened or renewed.
 *
 * @param note Is told who asks for what as soon as that is known.
 */
export async function decideOfflineGrant(
  authority: OfflineAuthority,
  { request, url, region, system, demand }: LicenseQuestion,
  note: (known: DecisionNotes) => void,
): Promise<DecidedGrant> {
  const bearer = await authenticate(request, authority);
  const asked = demand && titleOfDemand(authority.titles, demand);
  const { license, account } = await authority.offlineLicenses.use(readOfflineId(url), bearer);
  if (bearer.status !== 'account') authority.accountLimits?.require(request, account.id);
  note({ accountId: account.id, sessionKey: license.key });
  const opened = { contentId: license.contentId, by: 'offline license' as const };
  const title = requireTitle(authority.titles, { url, asked, opened, demand });
  note({ contentId: title.id });
  if (title.keySystems?.includes(system) === false) throw new ProblemError('key-system-unsupported');
  authority.offlineLicenses.requireRunning(license);

  const rights = await requireRights(title, { status: 'account', account }, region, authority);
  requireStorable(title);
  requireStoredType(demand, url);
  const keys = grantedKeys(title, rights);
  requireSomething(keys, demand, system);

  const now = authority.clock();
  const policy = requireBounds({
    now,
    policy: title.policy ?? {},
    sessionType: STORED,
    subscriptionEndsAt: title.access === 'subscription' ? account.subscriptionEndsAt : null,
    rental: rights.rental,
    begunAt: null,
    lease: null,
  });
  return {
    grant: {
      tenant: authority.tenant,
      accountId: account.id,
      sessionKey: license.key,
      deviceId: license.deviceId,
      contentId: title.id,
      system,
      sessionType: STORED,
      keys,
      policy: withinTerms(policy, license, now),
    },
    // It says itself by when to begin, and its device reports when that was.
    rentalToStart: null,
  };
}

/** The id that an address names; the empty text where it names none, which is no license's. */
export function readOfflineId({ searchParams }: URL): string {
  const [id = '', ...more] = searchParams.getAll('offline');
  if (more.length > 0) throw invalidField('offline', 'must be given once');
  if (searchParams.has('session')) throw invalidField('offline', 'must be given without a session');
  return id;
}

/** A license for the moment would be a stream that nobody counts. */
function requireStoredType(demand: MessageDemand | null, { searchParams }: URL): void {
  const [type = STORED, ...more] = demand === null ? searchParams.getAll('type') : [demand.sessionType];
  if (type === STORED && more.length === 0) return;
  throw invalidField(
    demand?.fields.sessionType ?? 'type',
    `must be ${STORED}, once: this address gives no other licenses`,
  );
}
