import { expect, it, vi } from 'vitest';

import { chooseKeySystem, type KeySystemProbe } from './choose-key-system.js';

const keySystem = (name: string) => ({ name, configuration: { licenseUrl: '/license' } });
const WIDEVINE = keySystem('com.widevine.alpha');
const PLAYREADY = keySystem('com.microsoft.playready');
const CLEAR_KEY = keySystem('org.w3.clearkey');

it('takes none for a clear title and the only one there is, without asking the browser', async () => {
  const probe = vi.fn(async () => false);

  expect(await chooseKeySystem([], probe)).toBeNull();
  expect(await chooseKeySystem([WIDEVINE], probe)).toBe(WIDEVINE);
  expect(probe).not.toHaveBeenCalled();
});

it('takes the first that the browser has, and asks for none after it', async () => {
  const probe = vi.fn<KeySystemProbe>(async (name) => name !== WIDEVINE.name);

  expect(await chooseKeySystem([WIDEVINE, PLAYREADY, CLEAR_KEY], probe)).toBe(PLAYREADY);
  expect(probe.mock.calls).toEqual([
    [WIDEVINE.name, WIDEVINE.configuration],
    [PLAYREADY.name, PLAYREADY.configuration],
  ]);
});

it('names those that were tried where the browser has none', async () => {
  const error: unknown = await chooseKeySystem([WIDEVINE, CLEAR_KEY], async () => false).catch(
    (e: unknown) => e,
  );

  expect(error).toMatchObject({
    code: 'drm-unsupported',
    message: 'The browser has none of com.widevine.alpha, org.w3.clearkey.',
  });
});
