import { expect, it } from 'vitest';

import { TrustedClock } from '../../clock/trusted-clock.js';
import { LicenseBook, type LicenseNews } from '../../licenses/license-book.js';
import { createManualClock } from '../../licenses/testing/manual-clock.js';
import { MemoryLicenseStore } from '../../licenses/testing/memory-license-store.js';
import { createTabNews } from './tab-news.js';

it('brings what one tab says to the others', async () => {
  const [one, other] = [createTabNews(), createTabNews()];
  const heard = new Promise<LicenseNews>((resolve) => {
    other.listen(resolve);
  });
  one.post({ about: 'title', titleId: 'film' });

  expect(await heard).toEqual({ about: 'title', titleId: 'film' });
  one.close();
  other.close();
});

it('has all tabs believe the time that a server has told one of them', async () => {
  const store = new MemoryLicenseStore();
  const clock = createManualClock();
  store.time = clock.now() + 86_400_000;
  const listeners: ((news: LicenseNews) => void)[] = [];
  const open = async () => {
    const time = new TrustedClock({ clock, monotonicNow: () => clock.monotonicNow(), store });
    const post = (news: LicenseNews) => listeners.forEach((listener) => listener(news));
    const listen = (listener: (news: LicenseNews) => void) => {
      listeners.push(listener);
      return () => {};
    };
    const book = new LicenseBook({ store, time, clock, news: { post, listen }, onFailure: () => {} });
    await book.open();
    return { time, book };
  };
  const [one, other] = [await open(), await open()];
  expect(other.time.isBehind).toBe(true);
  one.book.noteServerTime(clock.now());

  expect(other.time.isBehind).toBe(false);
  expect(other.time.now()).toBe(clock.now());
});
