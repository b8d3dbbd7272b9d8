import {
  FullscreenButton,
  PlayButton,
  SecurePlayer,
  SeekBar,
  SettingsMenu,
  TimeDisplay,
  useKeyboardShortcuts,
  type Source,
} from '@secure-player/react';

export const Film = ({ source }: { source: Source }) => (
  <SecurePlayer source={source}>
    <Bar />
  </SecurePlayer>
);

function Bar() {
  useKeyboardShortcuts();

  return (
    <div style={{ position: 'absolute', insetInline: 0, bottom: 0, display: 'flex', alignItems: 'center' }}>
      <PlayButton />
      <TimeDisplay />
      <SeekBar style={{ flex: 1 }} />
      <SettingsMenu />
      <FullscreenButton />
    </div>
  );
}
