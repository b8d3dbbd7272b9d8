import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { LogEntry } from '@secure-player/entitlement-server';

import { DEMO_ACCOUNTS } from '../site/account/demo-accounts.js';
import { createDemoSite, DEMO_PLANS } from './demo-site.js';

const SHELL = '<!doctype html><title>Secure Player</title>';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-site-'));
  await mkdir(join(folder, 'client/assets'), { recursive: true });
  await mkdir(join(folder, 'media'));
  await writeFile(join(folder, 'key-seed'), 'the key seed');
  await writeFile(join(folder, 'client/index.html'), SHELL);
  await writeFile(join(folder, 'client/favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'client/sw.js'), 'self;');
  await writeFile(join(folder, 'client/site.webmanifest'), '{}');
  await writeFile(join(folder, 'client/assets/index-abc.js'), 'export {};');
  await writeFile(join(folder, 'client/assets/index-abc.js.br'), 'brotli');
});

afterAll(() => rm(folder, { recursive: true }));

function setup(clientRoot: string | null = join(folder, 'client')) {
  const entries: LogEntry[] = [];
  const { app } = createDemoSite({
    titles: [],
    mediaRoot: join(folder, 'media'),
    keySeed: new Uint8Array(32),
    clientRoot,
    log: (entry) => entries.push(entry),
    clock: () => 1000,
  });
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

  return { app, get, entries };
}

describe('the pages', () => {
  it.each([
    '/',
    '/watch/first-light',
    '/watch/first-light?format=hls',
    '/sign-in?from=/',
    '/plans',
    '/downloads',
  ])('answer %s with the shell', async (path) => {
    const response = await setup().get(path);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toBe(SHELL);
  });

  it('say 404 for an address that is none, in the words of the site', async () => {
    const response = await setup().get('/nope');

    expect(response.status).toBe(404);
    expect(await response.text()).toBe(SHELL);
  });

  it.each(['//', '///', '//[', '//evil.example/watch/x', '/%', '/%E0%A4%A', '/%00', '/%20'])(
    'say 404 for a path that looks like another address: %s',
    async (path) => {
      const { app } = setup();
      const response = await app.fetch(new Request(`http://site.example${path}`));

      expect(response.status).toBe(404);
      expect(await response.text()).toBe(SHELL);
    },
  );

  it('say that something went wrong, and to nobody what or where', async () => {
    const printed = (['log', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const { get, entries } = setup(join(folder, 'media'));
    const response = await get('/');

    expect(response.status).toBe(500);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toBe('Something went wrong on the server');
    expect(entries).toEqual([
      { event: 'test-root', level: 'info', time: 1000 },
      { event: 'fault', level: 'error', time: 1000, name: 'Error', frames: [] },
    ]);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  it.each(['/', '/nope', '/assets/index-abc.js', '/assets/gone.js'])(
    'let nothing foreign or inline run at %s',
    async (path) => {
      const policy = (await setup().get(path)).headers.get('content-security-policy') ?? '';

      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("media-src 'self' blob: data:;");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    },
  );

  it('keep hashed files for good, and never a failure', async () => {
    const { get } = setup();
    const found = await get('/assets/index-abc.js');
    expect(found.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(found.headers.get('cache-control')).toContain('immutable');

    const missing = await get('/assets/gone.js');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).not.toMatch(/html/);
    expect(missing.headers.get('cache-control')).toBe('no-cache');
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['/sw.js', /^text\/javascript/],
    ['/site.webmanifest', /^application\/manifest\+json/],
  ])('send %s so that a new version is noticed', async (path, type) => {
    const { status, headers } = await setup().get(path);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(type);
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  it('let a page have its worker, its manifest, and pictures that were downloaded', async () => {
    const policy = (await setup().get('/')).headers.get('content-security-policy') ?? '';

    expect(policy).toContain("worker-src 'self';");
    expect(policy).toContain("manifest-src 'self';");
    expect(policy).toContain("img-src 'self' blob:;");
  });

  it('send the compressed file to whoever takes it', async () => {
    const { get } = setup();
    const compressed = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' });
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(await compressed.text()).toBe('brotli');

    expect((await get('/assets/index-abc.js')).headers.get('content-encoding')).toBeNull();
  });

  it.each([
    '/../key-seed',
    '/%2e%2e/key-seed',
    '/..%2fkey-seed',
    '/assets/..%2f..%2f..%2fkey-seed',
    '/assets/%2e%2e/%2e%2e/key-seed',
    '/..%5ckey-seed',
    '/key-seed',
    '/media/../key-seed',
    '/media/%2e%2e%2fkey-seed',
  ])('do not lead out of their folder: %s', async (path) => {
    const { app } = setup();
    const response = await app.fetch(new Request(`http://site.example${path}`));

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('the key seed');
  });
});

describe('the API beside the pages', () => {
  it.each(['/v1/nope', '/license/a/b', '/certificate/nope', '/media/nope.mpd'])(
    'keeps its own 404 at %s',
    async (path) => {
      const response = await setup().get(path, { accept: 'text/html' });

      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    },
  );

  it('signs the demo accounts in', async () => {
    const response = await setup().app.request('/v1/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'premium', password: 'demo' }),
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ account: { plan: 'premium' } });
  });

  it.each(['widevine', 'fairplay'])(
    'has the certificate that a virtual CDM asks for under %s',
    async (system) => {
      const response = await setup().get(`/certificate/${system}`);

      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
    },
  );

  it('is there without any pages', async () => {
    const { get } = setup(null);

    expect((await get('/v1/catalog')).status).toBe(200);
    expect((await get('/')).status).toBe(404);
  });
});

describe('the plans', () => {
  it('say on how many screens at a time one may watch, as the pages promise', () => {
    const limits = Object.fromEntries(
      Object.entries(DEMO_PLANS).map(([plan, { streams }]) => [plan, streams.limit]),
    );
    expect(limits).toEqual({ basic: 1, premium: 3 });

    const promised = (username: string) =>
      DEMO_ACCOUNTS.find((account) => account.username === username)?.details.map(({ text }) => text);
    expect(promised('basic')).toContain('One screen at a time');
    expect(promised('premium')).toContain('Three screens at a time');
  });
});
