import type { AccountStream } from '@secure-player/protocol';
import { useCallback, useState } from 'react';

import { toApiError } from '../api/api-error.js';
import { useRequest } from '../api/use-request.js';
import { AccountList, AccountListItem } from './account-list.js';
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
  const isEmpty = request.status === 'ready' && streams.length === 0;

  return (
    <AccountList
      id="playing-now"
      title="Playing now"
      failure={request.status === 'failed' ? request.error.message : failure}
      status={isEmpty ? 'None of your devices plays.' : ''}
      onReload={reload}
    >
      {streams.map((stream) => (
        <AccountListItem
          key={stream.id}
          name={<strong>{stream.device}</strong>}
          detail={`${stream.contentId}, since ${TIME.format(stream.startedAt)}`}
          action="Stop"
          label={`Stop ${stream.device}`}
          onAct={() => void stop(stream)}
        />
      ))}
    </AccountList>
  );
}
