import { SecurePlayer, type PlayerHandle, type Source } from '@secure-player/react';
import { useRef } from 'react';

export function Film({ source }: { source: Source }) {
  const player = useRef<PlayerHandle>(null);

  return (
    <>
      <SecurePlayer ref={player} controls source={source} />
      <button type="button" onClick={() => player.current?.seek(0)}>
        From the start
      </button>
    </>
  );
}
