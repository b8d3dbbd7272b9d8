import type { DevicesResponse } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { FILM_KEYS, bearer, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';

const DAY = 86_400;

function start(): TestServer {
  return setup({
    plans: { premium: { devices: 2 } },
    sessionTtlSeconds: 100 * DAY,
    deviceTtlSeconds: 30 * DAY,
  });
}

async function play(server: TestServer, token: string, deviceId?: string): Promise<string | number> {
  const request = { contentId: 'film', intent: 'play', deviceId };
  return codeOf(await server.post('/v1/playback-sessions', request, { headers: bearer(token) }));
}

async function devices(server: TestServer, token: string): Promise<DevicesResponse['devices']> {
  return ((await (await server.get('/v1/devices', { headers: bearer(token) })).json()) as DevicesResponse)
    .devices;
}

test('an account plays on as many devices as its plan has, on each as often as it likes', async () => {
  const server = start();
  const token = await server.signIn('premium');
  for (const id of ['tv', 'phone', 'tv', 'phone']) expect(await play(server, token, id)).toBe(201);

  expect(await play(server, token, 'laptop')).toBe('device-limit-reached');
  expect((await devices(server, token)).map(({ id }) => id)).toEqual(['tv', 'phone']);
});

test('a device that is removed makes room', async () => {
  const server = start();
  const token = await server.signIn('premium');
  for (const id of ['tv', 'phone']) await play(server, token, id);
  const removed = await server.get('/v1/devices/tv', { method: 'DELETE', headers: bearer(token) });

  expect(removed.status).toBe(204);
  expect(await play(server, token, 'laptop')).toBe(201);
  expect(await play(server, token, 'tv')).toBe('device-limit-reached');
});

test('what plays on a device ends with its removal, and what plays on others goes on', async () => {
  const server = setup({ plans: { premium: { devices: 2 } } });
  const token = await server.signIn('premium');
  const open = async (deviceId?: string) =>
    (await server.open(token, { contentId: 'film', intent: 'play', deviceId })).id;
  const unnamed = await open();
  const [unnamedDevice] = (await devices(server, token)).map(({ id }) => id);
  const tv = await open('tv');

  const license = async (id: string) =>
    codeOf(await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD])));
  const renew = async (id: string) =>
    codeOf(await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' }));
  const remove = async (device = '') =>
    server.get(`/v1/devices/${device}`, { method: 'DELETE', headers: bearer(token) });

  await remove('tv');
  expect([await license(tv), await renew(tv)]).toEqual(['playback-session-ended', 'playback-session-ended']);
  expect([await license(unnamed), await renew(unnamed)]).toEqual([200, 200]);
  await remove(unnamedDevice);
  expect(await license(unnamed)).toBe('playback-session-ended');
});

test('a device that was not seen for long makes room', async () => {
  const server = start();
  const token = await server.signIn('premium');
  await play(server, token, 'tv');
  server.advance(20 * DAY);
  await play(server, token, 'phone');
  server.advance(10 * DAY + 1);
  expect(await play(server, token, 'laptop')).toBe(201);
  expect((await devices(server, token)).map(({ id }) => id)).toEqual(['phone', 'laptop']);
});

test('a device that does not say which one it is counts as its sign-in, until it signs out', async () => {
  const server = start();
  const [first, second, third] = [
    await server.signIn('premium'),
    await server.signIn('premium'),
    await server.signIn('premium'),
  ];
  expect(await play(server, first)).toBe(201);
  expect(await play(server, second)).toBe(201);
  expect(await play(server, third)).toBe('device-limit-reached');

  await server.get('/v1/logout', { method: 'POST', headers: bearer(first) });
  expect(await play(server, third)).toBe(201);
});

test('nobody sees or removes the devices of another account', async () => {
  const server = start();
  const token = await server.signIn('premium');
  await play(server, token, 'tv');
  const basic = await server.signIn('basic');
  await server.get('/v1/devices/tv', { method: 'DELETE', headers: bearer(basic) });

  expect(await devices(server, basic)).toEqual([]);
  expect(await devices(server, token)).toHaveLength(1);
});
