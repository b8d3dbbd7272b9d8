import { expect, it } from 'vitest';

import { entryOf, MINUTE, NOW, setUpStore, uniqueId, type StoreFactory } from './conformance-setup.js';

/** What a store has to do with all that is no playback session. */
export function describeRecords(createStore: StoreFactory): void {
  it('uses a token up once', async () => {
    const { store } = await setUpStore(createStore);
    const [first, second] = [uniqueId('jti'), uniqueId('jti')];
    await expect(store.tokens.consume(first, NOW + MINUTE)).resolves.toBe(true);
    await expect(store.tokens.consume(first, NOW + MINUTE)).resolves.toBe(false);
    await expect(store.tokens.consume(second, NOW + MINUTE)).resolves.toBe(true);
  });

  it('uses a token up for one of many who bring it at once, among others', async () => {
    const { store } = await setUpStore(createStore);
    const jtis = Array.from({ length: 20 }, () => uniqueId('jti'));
    const uses = Array.from({ length: 600 }, (_, index) => jtis[index % jtis.length] ?? '');
    const accepted = await Promise.all(
      uses.map(async (jti) => await store.tokens.consume(jti, NOW + MINUTE)),
    );
    expect(uses.filter((_, index) => accepted[index]).sort()).toEqual([...jtis].sort());
  });

  it('uses tokens up that come together with one that was used', async () => {
    const { store } = await setUpStore(createStore);
    const jtis = Array.from({ length: 9 }, () => uniqueId('jti'));
    await store.tokens.consume(jtis[4] ?? '', NOW + MINUTE);
    const consumeAll = async () =>
      await Promise.all(jtis.map(async (jti) => await store.tokens.consume(jti, NOW + MINUTE)));
    await expect(consumeAll()).resolves.toEqual(jtis.map((_, index) => index !== 4));
    await expect(consumeAll()).resolves.toEqual(jtis.map(() => false));
  });

  it('knows bearer sessions until they run out or are deleted', async () => {
    const { tenant, clock } = await setUpStore(createStore);
    const session = { id: 'a', accountId: 'anna', expiresAt: NOW + MINUTE };
    await tenant.bearers.save(session);
    await tenant.bearers.save({ ...session, id: 'b' });
    await expect(tenant.bearers.find('a')).resolves.toEqual(session);
    await expect(tenant.bearers.find('c')).resolves.toBeUndefined();

    await tenant.bearers.delete('b');
    await tenant.bearers.delete('c');
    await expect(tenant.bearers.find('b')).resolves.toBeUndefined();
    clock.now = NOW + MINUTE;
    await expect(tenant.bearers.find('a')).resolves.toBeUndefined();
  });

  it('keeps 256 bearer sessions of an account and pushes out its oldest', async () => {
    const { tenant } = await setUpStore(createStore);
    await tenant.bearers.save({ id: 'other', accountId: 'ben', expiresAt: NOW + MINUTE });
    for (let index = 0; index < 257; index += 1) {
      await tenant.bearers.save({ id: `b${index}`, accountId: 'anna', expiresAt: NOW + MINUTE });
    }
    await expect(tenant.bearers.find('b0')).resolves.toBeUndefined();
    await expect(tenant.bearers.find('b1')).resolves.toBeDefined();
    await expect(tenant.bearers.find('other')).resolves.toBeDefined();
  });

  it('rents, and starts a rental once', async () => {
    const { rentals } = (await setUpStore(createStore)).tenant;
    await expect(rentals.find('anna', 'film')).resolves.toBeUndefined();
    await expect(rentals.start('anna', 'film', NOW)).resolves.toBeUndefined();
    const rental = { contentId: 'film', rentedAt: NOW, startedAt: null };
    await expect(rentals.rent('anna', 'film', NOW)).resolves.toEqual(rental);
    await expect(rentals.find('anna', 'film')).resolves.toEqual(rental);
    await expect(rentals.find('ben', 'film')).resolves.toBeUndefined();

    const starts = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => await rentals.start('anna', 'film', NOW + 1 + index)),
    );
    expect(new Set(starts.map((started) => started?.startedAt)).size).toBe(1);
    await expect(rentals.start('anna', 'film', NOW + 99)).resolves.toEqual(starts[0]);
  });

  it('begins a rental anew, and lists them newest first', async () => {
    const { rentals } = (await setUpStore(createStore)).tenant;
    await rentals.rent('anna', 'film', NOW);
    await rentals.start('anna', 'film', NOW + 1);
    await rentals.rent('anna', 'series', NOW + 2);
    await rentals.rent('ben', 'film', NOW + 3);
    await rentals.rent('anna', 'film', NOW + 4);
    await expect(rentals.listOf('anna')).resolves.toEqual([
      { contentId: 'film', rentedAt: NOW + 4, startedAt: null },
      { contentId: 'series', rentedAt: NOW + 2, startedAt: null },
    ]);
    await expect(rentals.listOf('carl')).resolves.toEqual([]);
  });

  it('keeps 256 devices of an account without a limit, those that were seen last', async () => {
    const { devices } = (await setUpStore(createStore)).tenant;
    const registration = { accountId: 'anna', name: 'Firefox', limit: null, seenSince: 0 };
    await devices.register({ ...registration, accountId: 'ben', deviceId: 'd0', now: NOW });
    for (let index = 0; index < 256; index += 1) {
      await devices.register({ ...registration, deviceId: `d${index}`, now: NOW + index });
    }
    await devices.register({ ...registration, deviceId: 'd0', now: NOW + 256 });
    await expect(devices.register({ ...registration, deviceId: 'd256', now: NOW + 257 })).resolves.toBe(true);

    const ids = (await devices.listOf('anna')).map(({ id }) => id);
    expect(ids).toHaveLength(256);
    expect(ids).toEqual(expect.arrayContaining(['d0', 'd2', 'd256']));
    await expect(devices.listOf('ben')).resolves.toHaveLength(1);
  });

  it('counts devices in until there are too many, and sees known ones again', async () => {
    const { devices } = (await setUpStore(createStore)).tenant;
    const registration = { accountId: 'anna', name: 'Firefox', now: NOW, limit: 2, seenSince: 0 };
    await expect(devices.register({ ...registration, deviceId: 'a' })).resolves.toBe(true);
    await expect(devices.register({ ...registration, deviceId: 'b', now: NOW + 1 })).resolves.toBe(true);
    await expect(devices.register({ ...registration, deviceId: 'c' })).resolves.toBe(false);
    await expect(devices.register({ ...registration, deviceId: 'c', accountId: 'ben' })).resolves.toBe(true);
    await expect(
      devices.register({ ...registration, deviceId: 'a', name: 'Edge', now: NOW + 2 }),
    ).resolves.toBe(true);
    await expect(devices.listOf('anna')).resolves.toEqual([
      { id: 'a', name: 'Edge', firstSeenAt: NOW, lastSeenAt: NOW + 2 },
      { id: 'b', name: 'Firefox', firstSeenAt: NOW + 1, lastSeenAt: NOW + 1 },
    ]);

    await devices.remove('anna', 'b');
    await devices.remove('anna', 'unknown');
    await expect(devices.register({ ...registration, deviceId: 'c' })).resolves.toBe(true);
    await expect(devices.register({ ...registration, deviceId: 'd', limit: null })).resolves.toBe(true);
  });

  it('forgets devices that were not seen for long', async () => {
    const { devices } = (await setUpStore(createStore)).tenant;
    const registration = { accountId: 'anna', name: 'Firefox', limit: 1 };
    await devices.register({ ...registration, deviceId: 'a', now: NOW, seenSince: 0 });
    const later = { ...registration, deviceId: 'b', now: NOW + 10 };
    await expect(devices.register({ ...later, seenSince: NOW })).resolves.toBe(false);
    await expect(devices.register({ ...later, seenSince: NOW + 1 })).resolves.toBe(true);
    await expect(devices.listOf('anna')).resolves.toMatchObject([{ id: 'b' }]);
  });

  it('gives the last place to one of several devices that come at once', async () => {
    const { devices } = (await setUpStore(createStore)).tenant;
    const counted = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const deviceId = `d${index}`;
        return await devices.register({
          accountId: 'anna',
          deviceId,
          name: 'TV',
          now: NOW,
          limit: 1,
          seenSince: 0,
        });
      }),
    );
    expect(counted.filter(Boolean)).toHaveLength(1);
  });

  it('writes decisions down, and lists them newest first', async () => {
    const { audit } = (await setUpStore(createStore)).tenant;
    for (let index = 0; index < 120; index += 1) {
      audit.append(entryOf({ time: NOW + index, accountId: index % 2 === 0 ? 'anna' : 'ben' }));
    }
    const newest = await audit.list();
    expect(newest).toHaveLength(100);
    expect(newest[0]).toEqual(entryOf({ time: NOW + 119, accountId: 'ben' }));
    expect(newest.map(({ time }) => time)).toEqual(
      Array.from({ length: 100 }, (_, index) => NOW + 119 - index),
    );
    const annas = await audit.list({ accountId: 'anna', limit: 3 });
    expect(annas.map(({ time }) => time)).toEqual([NOW + 118, NOW + 116, NOW + 114]);
  });

  it('writes down what is not known as that', async () => {
    const { audit } = (await setUpStore(createStore)).tenant;
    const entry = entryOf({
      accountId: null,
      contentId: null,
      system: null,
      region: null,
      keys: null,
      sessionKey: null,
    });
    audit.append(entry);
    await expect(audit.list()).resolves.toEqual([entry]);
  });
}
