import { SecurePlayer, usePlayer, usePlayerActions, type Source } from '@secure-player/react';

function Transport() {
  const paused = usePlayer((state) => state.paused);
  const { play, pause, seek } = usePlayerActions();
  // Rejects where the browser wants a gesture first; here it has one.
  const toggle = () => (paused ? void play().catch(() => {}) : pause());

  return (
    <div>
      <button type="button" onClick={toggle}>
        {paused ? 'Play' : 'Pause'}
      </button>
      <button type="button" onClick={() => seek(0)}>
        From the start
      </button>
    </div>
  );
}

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer source={source}>
    <Transport />
  </SecurePlayer>
);
