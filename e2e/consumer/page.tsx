import { SecurePlayer, SecurePlayerProvider, usePlayer } from '@secure-player/react';
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
          <SecurePlayer controls muted autoPlay source={SOURCE} videoProps={{ 'aria-labelledby': id }}>
            <Status />
          </SecurePlayer>
          <Suspense fallback={<p>Waiting</p>}>
            <Late />
          </Suspense>
        </SecurePlayerProvider>
      </body>
    </html>
  );
}

function Status() {
  return <output>{usePlayer(({ status }) => status)}</output>;
}
