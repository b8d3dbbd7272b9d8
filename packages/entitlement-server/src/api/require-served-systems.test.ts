import { expect, test } from 'vitest';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import { setup } from '../testing/setup.js';

const serving = (systems?: readonly SystemName[]): LicenseUpstream => ({
  ...(systems && { systems }),
  send: async () => {
    throw new Error('Nobody asks it here.');
  },
});

test.each(SYSTEM_NAMES)('a license server is named for %s only if it has licenses for it', (system) => {
  const others = SYSTEM_NAMES.filter((name) => name !== system);

  expect(() => setup({ upstreams: { [system]: serving(others) } })).toThrow(
    expect.objectContaining({
      code: 'invalid-configuration',
      field: `upstreams.${system}`,
      message: expect.stringContaining(`has no licenses for ${system}`) as string,
    }),
  );
  expect(() => setup({ upstreams: { [system]: serving([system]) } })).not.toThrow();
  expect(() => setup({ upstreams: { [system]: serving() } })).not.toThrow();
});
