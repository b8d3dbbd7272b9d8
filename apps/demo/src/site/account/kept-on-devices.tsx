import type { AccountOfflineLicense } from '@secure-player/protocol';
import { useCallback, useState } from 'react';

import { toApiError } from '../api/api-error.js';
import { useRequest } from '../api/use-request.js';
import { useSession, useSiteServices } from './site-services.js';

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** What the account keeps offline on all its devices, each with a button that takes it back. Nothing where nobody is signed in. */
export function KeptOnDevices() {
  const session = useSession();

  return session && <Licenses key={session.account.id} />;
}

function Licenses() {
  const { api } = useSiteServices();
  const load = useCallback((signal: AbortSignal) => api.getOfflineLicenses(signal), [api]);
  const [request, reload] = useRequest(load);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_DONE);

  const revoke = async (license: AccountOfflineLicense): Promise<void> => {
    setOutcome(NOTHING_DONE);
    try {
      await api.revokeOfflineLicense(license.handle);
      setOutcome({
        failure: '',
        done: `Taken back. ${license.device} can play it until it is online the next time.`,
      });
    } catch (error) {
      setOutcome({ failure: toApiError(error).message, done: '' });
    }
    reload();
  };
  const kept =
    request.status === 'ready' ? request.value.licenses.filter(({ status }) => status === 'active') : [];
  const isEmpty = request.status === 'ready' && kept.length === 0;

  return (
    <section className="account-list" aria-labelledby="kept-on-devices">
      <header>
        <h2 id="kept-on-devices">Kept for offline</h2>
        <button className="button" data-small="" type="button" onClick={reload}>
          Look again
        </button>
      </header>
      <p className="account-failure" role="alert">
        {request.status === 'failed' ? request.error.message : outcome.failure}
      </p>
      <p className="account-list-status" role="status">
        {outcome.done || (isEmpty && 'None of your devices keeps a film.')}
      </p>
      <ul>
        {kept.map((license) => (
          <li key={license.handle}>
            <span>
              <strong>{nameOf(license)}</strong>
              <span className="account-list-detail">{describe(license)}</span>
            </span>
            <button
              className="button"
              data-small=""
              type="button"
              aria-label={`Take back ${nameOf(license)} from ${license.device}`}
              onClick={() => void revoke(license)}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What became of the last button. */
interface Outcome {
  readonly failure: string;
  readonly done: string;
}

const NOTHING_DONE: Outcome = { failure: '', done: '' };

/** A title may have left the catalog since. */
function nameOf({ title, contentId }: AccountOfflineLicense): string {
  return title ?? contentId;
}

function describe({ device, expiresAt }: AccountOfflineLicense): string {
  return expiresAt === null ? device : `${device}, until ${DAY.format(expiresAt)}`;
}
