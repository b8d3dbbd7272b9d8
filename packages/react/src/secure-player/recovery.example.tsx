import { SecurePlayer, type PlaybackError, type Source } from '@secure-player/react';

interface FilmProps {
  readonly source: Source;
  readonly signIn: () => void;
  readonly report: (error: PlaybackError) => void;
}

/** A button appears for what the page can do; `retry` and `renew-license` work without one. */
export const Film = ({ source, signIn, report }: FilmProps) => (
  <SecurePlayer controls source={source} onError={report} onRecovery={{ 'sign-in': signIn }} />
);
