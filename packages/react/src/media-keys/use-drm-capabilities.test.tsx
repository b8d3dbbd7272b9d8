// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';

import { settle } from '../testing/fake-engine.js';
import { stubEme } from '../testing/stub-eme.js';
import { useDrmCapabilities } from './use-drm-capabilities.js';

afterEach(cleanup);

function Capabilities() {
  const { status, keySystems } = useDrmCapabilities();
  return <output>{[status, ...keySystems.map(({ keySystem }) => keySystem)].join(' ')}</output>;
}

it('is pending on a server and at first, and then asks once for all', async () => {
  const { requestMediaKeySystemAccess } = stubEme({ has: (name) => name === 'org.w3.clearkey' });
  expect(renderToString(<Capabilities />)).toContain('pending');
  expect(requestMediaKeySystemAccess).not.toHaveBeenCalled();

  render(
    <>
      <Capabilities />
      <Capabilities />
    </>,
  );
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual(['pending', 'pending']);

  await settle();
  await settle();
  expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual([
    'ready org.w3.clearkey',
    'ready org.w3.clearkey',
  ]);
  const asked = requestMediaKeySystemAccess.mock.calls.length;
  render(<Capabilities />);
  await settle();
  expect(requestMediaKeySystemAccess).toHaveBeenCalledTimes(asked);
});
