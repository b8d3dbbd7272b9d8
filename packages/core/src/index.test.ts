import { expect, it } from 'vitest';

import * as core from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(core).sort()).toEqual([
    'Authorizer',
    'DEFAULT_KEY_STATUS_POLICY',
    'ENGLISH_MESSAGES',
    'ERROR_TABLE',
    'IDLE_STATE',
    'KEY_SYSTEMS',
    'LICENSE_TIMEOUT_MS',
    'LicenseClient',
    'MIME_TYPES',
    'NO_DRM',
    'PLAYBACK_ERROR_CODES',
    'PlaybackError',
    'Player',
    'SUSPENSION_MS',
    'SnapshotStore',
    'axinom',
    'chooseKeySystem',
    'createHttpBackend',
    'customKeySystem',
    'doverunner',
    'drmtoday',
    'errorFromAnswer',
    'ezdrm',
    'isPlaybackError',
    'keyIdsOfInitData',
    'needsReload',
    'nextStatus',
    'redactText',
    'resolveKeySystems',
    'resolveSource',
    'shallowEqual',
    'streamTypeOf',
    'systemClock',
    'toBytes',
    'toPlaybackError',
    'toSource',
  ]);
});
