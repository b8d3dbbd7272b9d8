import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { clearkey } from '../system/clearkey.js';
import { isVirtualCdmError } from '../virtual-cdm-error.js';
import { findInstalled, installVirtualCdm } from './install-virtual-cdm.js';

// Node is a place without EME, as a page is that is not secure. What needs a browser is tested end to end.
const OPTIONS = { systems: [clearkey()], storage: 'memory' } as const;

const lines: unknown[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'info').mockImplementation((line: unknown) => void lines.push(line));
});
afterEach(() => findInstalled()?.uninstall());

it('changes nothing where there is no EME, and says so', () => {
  const handle = installVirtualCdm(OPTIONS);

  expect(handle.sessions).toEqual([]);
  expect(findInstalled()).toBe(handle);
  expect(lines).toEqual([
    'The virtual CDM, a test double and not DRM, finds no EME in this page: https and localhost have it.',
  ]);
});

it('is in a page once at a time', async () => {
  const handle = installVirtualCdm(OPTIONS);
  let refusal: unknown;
  try {
    installVirtualCdm(OPTIONS);
  } catch (error) {
    refusal = error;
  }
  expect(isVirtualCdmError(refusal) && refusal.code).toBe('already-installed');

  handle.uninstall();
  await handle.settled();
  expect(findInstalled()).toBeNull();
  const next = installVirtualCdm(OPTIONS);
  handle.uninstall();
  expect(findInstalled()).toBe(next);
});

it.each<[string, object]>([
  ['no key system', { systems: [] }],
  ['something else than key systems', { systems: 'com.widevine.alpha' }],
  ['what is no key system', { systems: [{ keySystem: 'com.example.drm' }] }],
  ['two key systems of one name', { systems: [clearkey(), clearkey()] }],
  ['a display that there is not', { display: '9.9' }],
  ['a storage that there is not', { storage: 'disk' }],
  ['a clock that is none', { clock: 'manual' }],
  ['a seed that is none', { seed: {} }],
])('is refused %s, and then is not there', (_, change) => {
  let refusal: unknown;
  try {
    installVirtualCdm({ ...OPTIONS, ...change });
  } catch (error) {
    refusal = error;
  }

  expect(isVirtualCdmError(refusal) && refusal.code).toBe('invalid-options');
  expect(findInstalled()).toBeNull();
});
