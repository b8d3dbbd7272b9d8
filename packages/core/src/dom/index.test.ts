import { expect, it } from 'vitest';

import * as dom from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(dom).sort()).toEqual([
    'AttachedMediaKeys',
    'CAPABILITIES_PENDING',
    'MEDIA_ERROR_TABLE',
    'MEDIA_KEYS_IDLE',
    'MediaKeysSlot',
    'answerMessage',
    'callEme',
    'createMediaElementPort',
    'createMediaKeys',
    'createPageLifecycle',
    'exchangeMessages',
    'holdMediaKeys',
    'mediaKeysIdentity',
    'probeCapabilities',
    'probeKeySystem',
    'readKeyStatuses',
  ]);
});
