import { SecurePlayer, usePlayer, type Source } from '@secure-player/react';

/** Renders once a second, and the page around it never. */
function Clock() {
  const seconds = usePlayer((state) => Math.floor(state.currentTime));

  return <output>{seconds} s</output>;
}

/** Renders when the keys change. The selector may build a new object each time. */
function Protection() {
  const { system, keys } = usePlayer(({ drm }) => ({
    system: drm.keySystem,
    keys: drm.keyStatuses.map(({ status }) => status).join(', '),
  }));

  return (
    <p>
      {system ?? 'Not protected'}: {keys}
    </p>
  );
}

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer controls source={source}>
    <Clock />
    <Protection />
  </SecurePlayer>
);
