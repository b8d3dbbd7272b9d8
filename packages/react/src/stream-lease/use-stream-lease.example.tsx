import {
  createHttpBackend,
  PlayerScope,
  SecurePlayer,
  SecurePlayerProvider,
  useStreamLease,
  type Source,
} from '@secure-player/react';

const backend = createHttpBackend({
  baseUrl: '/',
  account: 'a1',
  authorize: () => sessionStorage['token'] as string,
});

function StreamBadge() {
  const { status, streams, takenOverBy, takeOver, release } = useStreamLease();

  if (status === 'lost' || status === 'refused') {
    return (
      <p>
        {takenOverBy ?? streams.map(({ device }) => device).join(', ')} plays.{' '}
        <button type="button" onClick={() => void takeOver()}>
          Play here instead
        </button>
      </p>
    );
  }

  return (
    <p>
      Stream: {status}{' '}
      <button type="button" onClick={() => void release()}>
        Give it back
      </button>
    </p>
  );
}

/** A source with a `session`, as a playback session of the server answers with. */
export const Film = ({ source }: { source: Source }) => (
  <SecurePlayerProvider backend={backend}>
    <PlayerScope>
      <SecurePlayer controls source={source} />
      <StreamBadge />
    </PlayerScope>
  </SecurePlayerProvider>
);
