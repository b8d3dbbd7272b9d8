// @vitest-environment jsdom
import type { DownloadSpace } from '@secure-player/offline';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { SecurePlayerProvider } from '../../provider/secure-player-provider.js';
import { createFakeDownloads } from '../../testing/fake-downloads.js';
import { DownloadSpaceBar } from './download-space-bar.js';

afterEach(cleanup);

function setup(space: DownloadSpace | null) {
  render(
    <SecurePlayerProvider downloads={createFakeDownloads({ state: { space } })}>
      <DownloadSpaceBar />
    </SecurePlayerProvider>,
  );
}

it('tells what is in use and what is free', () => {
  setup({ usedBytes: 3.1e9, quotaBytes: 12e9, isPersisted: true });
  const bar = screen.getByRole('meter', { name: 'Room on this device' });

  expect(bar.getAttribute('aria-valuenow')).toBe('26');
  expect(bar.getAttribute('aria-valuetext')).toBe('3.1 GB in use, 8.9 GB of 12 GB free');
  expect(screen.queryByText(/may delete downloads/)).toBeNull();
});

it('says where it is tight, and that nothing was promised', () => {
  setup({ usedBytes: 13e9, quotaBytes: 12e9, isPersisted: false });

  expect(screen.getByRole('meter').getAttribute('aria-valuenow')).toBe('100');
  expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('13 GB in use, 0 kB of 12 GB free');
  expect(document.querySelector('[data-tight]')).toBeTruthy();
  expect(screen.getByText(/may delete downloads/)).toBeTruthy();
});

it('is nothing where the browser does not tell', () => {
  setup(null);

  expect(screen.queryByRole('meter')).toBeNull();
});
