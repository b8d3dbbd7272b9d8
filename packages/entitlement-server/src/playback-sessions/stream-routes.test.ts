import type { StreamsResponse } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { bearer, codeOf, setup, type TestServer } from '../testing/setup.js';

const FIREFOX = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' };

async function streamsOf(server: TestServer, token: string): Promise<StreamsResponse['streams']> {
  const response = await server.get('/v1/streams', { headers: bearer(token) });
  return ((await response.json()) as StreamsResponse).streams;
}

test('the streams of an account are those of all its devices, oldest first', async () => {
  const server = setup();
  const [here, there] = [await server.signIn('premium'), await server.signIn('premium')];
  await server.open(here, { contentId: 'film', intent: 'play' }, FIREFOX);
  server.advance(5);
  await server.open(there, { contentId: 'trailer', intent: 'play' });

  const id = expect.stringMatching(/^[\w+/=-]{20,}$/);
  expect(await streamsOf(server, here)).toEqual([
    { id, contentId: 'film', device: 'Firefox on Linux', startedAt: server.now() - 5000 },
    { id, contentId: 'trailer', device: 'A player', startedAt: server.now() },
  ]);
  expect(await streamsOf(server, there)).toEqual(await streamsOf(server, here));
});

test('a stream keeps its name and its beginning through its heartbeats', async () => {
  const server = setup();
  const token = await server.signIn('premium');
  const { id } = await server.open(token);
  const [before] = await streamsOf(server, token);
  server.advance(10);
  await server.app.request(`/v1/playback-sessions/${id}`, { method: 'PUT', headers: bearer(token) });

  expect(await streamsOf(server, token)).toEqual([before]);
});

test('the list holds nothing that could be used as a session', async () => {
  const server = setup();
  const token = await server.signIn('premium');
  const opened = await server.open(token);
  const [stream] = await streamsOf(server, token);

  expect(stream?.id).not.toBe(opened.id);
  const use = await server.app.request(`/v1/playback-sessions/${stream?.id}`, {
    method: 'PUT',
    headers: bearer(token),
  });
  expect(await codeOf(use)).toBe('playback-session-unknown');
});

test('what was only prefetched is no stream until it plays', async () => {
  const server = setup();
  const token = await server.signIn('premium');
  const { id } = await server.open(token, { contentId: 'film', intent: 'prefetch' });
  expect(await streamsOf(server, token)).toEqual([]);

  await server.app.request(`/v1/playback-sessions/${id}`, { method: 'PUT', headers: bearer(token) });
  expect(await streamsOf(server, token)).toHaveLength(1);
});

test.each([
  [
    'its session ends',
    async (server: TestServer, token: string, id: string) =>
      server.app.request(`/v1/playback-sessions/${id}`, { method: 'DELETE', headers: bearer(token) }),
  ],
  ['its time runs out', async (server: TestServer) => server.advance(100)],
  [
    'the device signs out',
    async (server: TestServer, token: string) => server.post('/v1/logout', {}, { headers: bearer(token) }),
  ],
])('a stream is gone when %s', async (_, end) => {
  const server = setup({ playbackSessionTtlSeconds: 100 });
  const [token, other] = [await server.signIn('premium'), await server.signIn('premium')];
  const { id } = await server.open(token);
  await end(server, token, id);

  expect(await streamsOf(server, other)).toEqual([]);
});

test("nobody sees another account's streams", async () => {
  const server = setup();
  await server.open(await server.signIn('premium'));

  expect(await streamsOf(server, await server.signIn('basic'))).toEqual([]);
  expect(await codeOf(await server.get('/v1/streams'))).toBe('authentication-required');
  expect(await codeOf(await server.get('/v1/streams', { headers: bearer('x'.repeat(43)) }))).toBe(
    'session-expired',
  );
});
