import { Authorizer, DEFAULT_KEY_STATUS_POLICY, LicenseClient, resolveSource } from '@secure-player/core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { createShakaEngineFactory } from './create-shaka-engine-factory.js';

// As on a server, whatever an earlier file of this process needed for a real Shaka.
const self = Object.getOwnPropertyDescriptor(globalThis, 'self');
beforeAll(() => void Reflect.deleteProperty(globalThis, 'self'));
afterAll(() => void (self && Object.defineProperty(globalThis, 'self', self)));

function setup() {
  const authorizer = new Authorizer({
    authorize: () => undefined,
    authorizedOrigins: () => [],
    pageUrl: () => undefined,
    pageOrigin: () => undefined,
  });
  const listener = { onState: vi.fn(), onError: vi.fn() };
  const engine = createShakaEngineFactory()({
    element: {},
    listener,
    authorizer,
    licenseClient: new LicenseClient({ authorizer }),
    currentSource: () => null,
    keyStatusPolicy: () => DEFAULT_KEY_STATUS_POLICY,
  });

  return { engine, listener };
}

const source = resolveSource({ src: '/film.mpd' });

it('before its first title an engine has nothing to let go of', async () => {
  const { engine, listener } = setup();
  engine.selectQuality(null);
  await engine.addTextTracks([]);
  await engine.renewLicense();
  await engine.unload();
  await engine.destroy();

  expect(listener.onState).not.toHaveBeenCalled();
});

it('a load that is called off while the code comes ends with the reason', async () => {
  const { engine } = setup();
  const controller = new AbortController();
  const load = engine.load(source, { signal: controller.signal });
  controller.abort(new Error('The viewer has left.'));

  await expect(load).rejects.toThrow('The viewer has left.');
});

it('a load where Shaka cannot run, as on a server, ends in an error that says so', async () => {
  const { engine } = setup();

  await expect(engine.load(source, { signal: new AbortController().signal })).rejects.toMatchObject({
    code: 'engine-unavailable',
  });
});
