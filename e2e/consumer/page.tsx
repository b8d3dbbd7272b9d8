import {
  DrmTimelinePanel,
  PlayerScope,
  SecurePlayer,
  SecurePlayerProvider,
  usePlayer,
  usePlayerActions,
  usePrefetch,
  useQualityOfExperience,
} from '@secure-player/react';
import { lazy, Suspense, useId, type ReactElement } from 'react';

const Late = lazy(() => import('./late.js'));

const SOURCE = {
  src: '/film.mpd',
  title: 'First Light',
  drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } },
};

/** A document that is rendered on a server, in parts, and taken over by a browser. */
export function Page({ styles }: { styles: string }): ReactElement {
  const id = useId();

  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Rendered by a server</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={styles} />
      </head>
      <body>
        <SecurePlayerProvider authorize={() => null}>
          <h1 id={id}>First Light</h1>
          <PlayerScope>
            <SecurePlayer controls muted autoPlay source={SOURCE} videoProps={{ 'aria-labelledby': id }} />
            <Readings />
            <DrmTimelinePanel />
          </PlayerScope>
          <Suspense fallback={<p>Waiting</p>}>
            <Late />
          </Suspense>
        </SecurePlayerProvider>
      </body>
    </html>
  );
}

/** What a page reads of a player beside it. A server knows none of it, and says the same as the first render here. */
function Readings() {
  const status = usePlayer((state) => state.status);
  const { retry } = usePlayerActions();
  const { droppedFrames } = useQualityOfExperience();
  const prefetch = usePrefetch();

  return (
    <p>
      <output>{status}</output> with {droppedFrames ?? 'no'} frames dropped
      <button type="button" onClick={retry}>
        Again
      </button>
      <button type="button" onFocus={() => prefetch(SOURCE)}>
        Next
      </button>
    </p>
  );
}
