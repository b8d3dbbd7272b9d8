import { SecurePlayer, useKeyboardShortcuts, type Source } from '@secure-player/react';

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer source={source} muted>
    <Shortcuts />
  </SecurePlayer>
);

function Shortcuts() {
  useKeyboardShortcuts();
  return null;
}
