import { PlayerScope, SecurePlayer, usePlayer, type Source } from '@secure-player/react';

function Title() {
  const status = usePlayer((state) => state.status);

  return <h1>{status === 'playing' ? 'Now playing' : 'First Light'}</h1>;
}

export const WatchPage = ({ source }: { source: Source }) => (
  <PlayerScope>
    <Title />
    <SecurePlayer controls source={source} />
  </PlayerScope>
);
