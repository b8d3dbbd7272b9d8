import type { Source } from '@secure-player/core';

import type { Download } from '../downloads/download.js';
import type { DownloadSpace } from '../downloads/downloads.js';
import { DownloadManager } from '../downloads/download-manager.js';
import { GivenHeaders } from '../downloads/given-headers.js';
import type { ManagerTools } from '../downloads/manager-tools.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { createManualClock } from '../licenses/testing/manual-clock.js';
import { FakeLicenses } from './fake-licenses.js';
import { FakeOrigin } from './fake-origin.js';
import { LocalService } from './local-service.js';
import { TabHub } from './tab-hub.js';
import { until } from './until.js';

/** A device with a server, a network and any number of tabs. */
export function setupDevice() {
  const origin = new FakeOrigin();
  const clock = createManualClock();
  const licenses = new FakeLicenses();
  const hub = new TabHub();
  const disk = { bytes: Number.POSITIVE_INFINITY };
  const device = { isOnline: true, isMetered: false, space: null as DownloadSpace | null };
  const listeners = new Set<() => void>();

  const openTab = (overrides: Partial<ManagerTools> = {}) => {
    const network = { fetch: origin.fetch, clock, random: () => 0.5, isOnline: () => device.isOnline };
    const headers = new GivenHeaders();
    const service = new LocalService(network, disk);
    const manager = new DownloadManager(() => ({
      openDatabase: openDownloadsDatabase,
      service,
      licenses,
      openChannel: hub.openChannel,
      locks: hub.locks,
      network: {
        isOnline: () => device.isOnline,
        isMetered: () => device.isMetered,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      clock,
      random: () => 0.5,
      space: async () => device.space,
      askToPersist: () => {},
      headers,
      completeSource: (source: Source) => headers.addTo(source),
      askFor: () => null,
      concurrency: 2,
      pageUrl: () => 'https://shop.example/page',
      ...overrides,
    }));
    manager.begin();

    const find = (id: string): Download | undefined =>
      manager.getState().downloads.find((download) => download.id === id);
    /** Resolves when the title has come to that, with what it is then. */
    const reaches = async (id: string, status: Download['status']): Promise<Download> => {
      await until(() => find(id)?.status === status);
      const download = find(id);
      if (!download) throw new Error('It is gone.');
      return download;
    };
    return { manager, service, find, reaches };
  };

  const setNetwork = (change: { isOnline?: boolean; isMetered?: boolean }) => {
    Object.assign(device, change);
    for (const listener of [...listeners]) listener();
  };
  return { origin, clock, licenses, disk, device, openTab, setNetwork };
}

/** A source as a page gives it. */
export function sourceOf(src: string, id: string, more: Partial<Source> = {}): Source {
  return { src, id, ...more };
}
