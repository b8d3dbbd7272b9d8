import { describe, expect, it } from 'vitest';

import { EME_ERROR_TABLE, errorFromEme, type EmeMethod } from './eme-error.js';
import { PlaybackError } from './playback-error.js';

describe.each(Object.keys(EME_ERROR_TABLE) as EmeMethod[])('%s', (method) => {
  it('has a name for every exception, also one that nobody has heard of', () => {
    const row = EME_ERROR_TABLE[method];

    for (const name of Object.keys(row)) {
      expect(errorFromEme(method, new DOMException('no', name)).code).toBe(row[name as keyof typeof row]);
    }
    for (const exception of [new DOMException('no', 'ToString'), 'text', null, { name: 5 }]) {
      expect(errorFromEme(method, exception).code).toBe(row.other);
    }
    expect(errorFromEme(method, { name: 'toString' }).code).toBe(row.other);
  });

  it('tells a module that is full, and an attempt that was called off, from a failure', () => {
    expect(errorFromEme(method, new DOMException('full', 'QuotaExceededError')).code).toMatch(
      /^(?:drm-busy|storage-full)$/,
    );
    expect(errorFromEme(method, new DOMException('off', 'AbortError')).code).toBe('aborted');
  });
});

it.each([
  ['requestMediaKeySystemAccess', 'NotSupportedError', 'drm-unsupported'],
  ['requestMediaKeySystemAccess', 'SecurityError', 'drm-blocked'],
  ['requestMediaKeySystemAccess', 'NotAllowedError', 'drm-disabled'],
  ['generateRequest', 'NotSupportedError', 'license-request-failed'],
  ['load', 'TypeError', 'stored-license-missing'],
  ['update', 'TypeError', 'license-rejected'],
  ['update', 'QuotaExceededError', 'storage-full'],
  ['setServerCertificate', 'TypeError', 'certificate-failed'],
  ['close', 'InvalidStateError', 'license-release-failed'],
] as const)('%s by %s is %s', (method, name, code) => {
  const exception = name === 'TypeError' ? new TypeError('x') : new DOMException('x', name);

  expect(errorFromEme(method, exception)).toMatchObject({ code, cause: { name, message: 'x' } });
});

it('knows an exception of another realm by its name', () => {
  expect(errorFromEme('update', { name: 'QuotaExceededError', message: 'full' }).code).toBe('storage-full');
});

it('leaves an error of the kit as it is', () => {
  const error = new PlaybackError('plan-insufficient');

  expect(errorFromEme('update', error)).toBe(error);
});

it('keeps nothing of a license that an exception quotes', () => {
  const license = 'AAECAwQFBgcICQoLDA0ODw';

  expect(JSON.stringify(errorFromEme('update', new TypeError(`bad license ${license}`)))).not.toContain(
    license,
  );
});
