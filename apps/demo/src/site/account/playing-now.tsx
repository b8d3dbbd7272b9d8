import type { AccountStream } from '@secure-player/protocol';
import { useCallback, useState } from 'react';

import { toApiError } from '../api/api-error.js';
import { useRequest } from '../api/use-request.js';
import { useSession, useSiteServices } from './site-services.js';

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** What the account plays right now, each with a button that stops it. Nothing where nobody is signed in. */
export function PlayingNow() {
  const session = useSession();

  return session && <Streams key={session.account.id} />;
}

function Streams() {
  const { api } = useSiteServices();
  const load = useCallback((signal: AbortSignal) => api.getStreams(signal), [api]);
  const [request, reload] = useRequest(load);
  const [failure, setFailure] = useState('');

  const stop = async ({ id }: AccountStream): Promise<void> => {
    setFailure('');
    try {
      await api.stopStream(id);
    } catch (error) {
      setFailure(toApiError(error).message);
    }
    reload();
  };
  const streams = request.status === 'ready' ? request.value.streams : [];

  return (
    <section className="account-list" aria-labelledby="playing-now">
      <header>
        <h2 id="playing-now">Playing now</h2>
        <button className="button" data-small="" type="button" onClick={reload}>
          Look again
        </button>
      </header>
      <p className="account-failure" role="alert">
        {request.status === 'failed' ? request.error.message : failure}
      </p>
      <p className="account-list-status" role="status">
        {request.status === 'ready' && streams.length === 0 && 'None of your devices plays.'}
      </p>
      <ul>
        {streams.map((stream) => (
          <li key={stream.id}>
            <span>
              <strong>{stream.device}</strong>
              <span className="account-list-detail">
                {stream.contentId}, since {TIME.format(stream.startedAt)}
              </span>
            </span>
            <button
              className="button"
              data-small=""
              type="button"
              aria-label={`Stop ${stream.device}`}
              onClick={() => void stop(stream)}
            >
              Stop
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
