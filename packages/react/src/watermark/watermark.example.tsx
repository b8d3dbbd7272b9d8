import { SecurePlayer, Watermark, type Source } from '@secure-player/react';

interface FilmProps {
  readonly source: Source;
  readonly viewer: string;
  readonly report: (what: string) => void;
}

export const Film = ({ source, viewer, report }: FilmProps) => (
  <SecurePlayer controls source={source}>
    <Watermark
      text={viewer}
      sessionId={source.session?.id}
      onTamper={() => report('The watermark was taken away.')}
    />
  </SecurePlayer>
);
