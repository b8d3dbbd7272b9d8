import { lazy, Suspense } from 'react';

import { ChunkBoundary } from '../layout/chunk-boundary.js';
import { Page } from '../navigation/page.js';
import { InstallButton } from '../shell/install-button.js';
import { DownloadsNotice } from './downloads-notice.js';
import { useDownloadsReading } from './use-downloads-reading.js';

import './offline.css';

const DownloadsView = lazy(async () => {
  const { DownloadsView: view } = await import('./downloads-view.js');
  return { default: view };
});

/** What is kept on this device, the room it takes, and what that means. */
export function DownloadsPage() {
  const reading = useDownloadsReading();

  return (
    <Page title="Downloads" className="downloads-page">
      <header className="downloads-header">
        <div>
          <h1>Downloads</h1>
          <p>Films on this device. They play without a network, for as long as their license lasts.</p>
        </div>
        <InstallButton />
      </header>
      {reading.status === 'unavailable' ? (
        <DownloadsNotice />
      ) : (
        <ChunkBoundary>
          <Suspense fallback={<Opening />}>
            {reading.status === 'ready' ? <DownloadsView /> : <Opening />}
          </Suspense>
        </ChunkBoundary>
      )}
      <WhatPlays />
    </Page>
  );
}

function Opening() {
  return (
    <p className="downloads-opening" role="status">
      Looking at what is on this device…
    </p>
  );
}

function WhatPlays() {
  return (
    <section className="what-plays" aria-labelledby="what-plays">
      <h2 id="what-plays">What plays offline</h2>
      <dl>
        <div>
          <dt>Encrypted, as it came</dt>
          <dd>The browser keeps what the server sent, byte for byte. Nothing is decrypted on the disk.</dd>
        </div>
        <div>
          <dt>With a license that ends</dt>
          <dd>
            Each film says until when it plays. A rental counts from its first playback. Online, a license is
            renewed in one step.
          </dd>
        </div>
        <div>
          <dt>On this device, for who uses it</dt>
          <dd>
            Downloads are the device’s and not an account’s: they play without signing in. Signing out asks
            whether they are to go.
          </dd>
        </div>
      </dl>
    </section>
  );
}
