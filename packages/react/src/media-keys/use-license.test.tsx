// @vitest-environment jsdom
import { PlaybackError, type DrmState } from '@secure-player/core';
import { act, cleanup, render } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { PlayerScope } from '../player/player-scope.js';
import { SecurePlayer } from '../secure-player/secure-player.js';
import type { PlayerHandle } from '../secure-player/secure-player-props.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { useLicense, type License } from './use-license.js';

afterEach(cleanup);

const seen: License[] = [];

function Show(options: Parameters<typeof useLicense>[0] & object) {
  seen.push(useLicense(options));
  return null;
}

const source = { src: '/a.mpd' };

/** A page in which a license is shown: in a scope, below the player, or by the player's handle. */
const PAGES = {
  'in a scope': () => (
    <PlayerScope>
      <Show />
      <SecurePlayer source={source} />
    </PlayerScope>
  ),
  'below a player': () => (
    <SecurePlayer source={source}>
      <Show />
    </SecurePlayer>
  ),
  'by a handle': function Page() {
    const [player, setPlayer] = useState<PlayerHandle | null>(null);
    return (
      <>
        <Show player={player} />
        <SecurePlayer ref={setPlayer} source={source} />
      </>
    );
  },
};

async function setup(where: keyof typeof PAGES = 'in a scope') {
  seen.length = 0;
  const engines = createFakeEngines();
  const Page = PAGES[where];
  render(<Page />, { wrapper: engines.wrapper });
  await settle();
  const report = (drm: Partial<DrmState>) =>
    act(() =>
      engines.current().options.listener.onState({
        drm: { keySystem: 'org.w3.clearkey', keyStatuses: [], expiresAt: null, renewal: 'none', ...drm },
      }),
    );

  return { engines, report, license: () => seen.at(-1) as License };
}

const usable = [{ keyId: '0', status: 'usable' }];

describe('the license of a player', () => {
  it.each(Object.keys(PAGES) as (keyof typeof PAGES)[])('is read %s', async (where) => {
    const { report, license, engines } = await setup(where);
    expect(license()).toMatchObject({ status: 'none', keySystem: null, error: null });

    report({ keyStatuses: usable, expiresAt: 5 });
    expect(license()).toMatchObject({
      status: 'usable',
      keySystem: 'org.w3.clearkey',
      keyStatuses: usable,
      expiresAt: 5,
    });

    await act(() => license().renew());
    await act(() => license().release());
    expect(engines.current().renewLicense).toHaveBeenCalledOnce();
    expect(engines.current().releaseLicense).toHaveBeenCalledOnce();
  });

  it('tells a renewal, and a refusal', async () => {
    const { report, license, engines } = await setup();
    report({ keyStatuses: usable, renewal: 'under-way' });
    expect(license().status).toBe('renewing');
    report({ keyStatuses: usable, renewal: 'refused' });
    expect(license().status).toBe('renewal-refused');

    const refusal = new PlaybackError('subscription-expired');
    engines.current().renewLicense.mockRejectedValue(refusal);
    await expect(license().renew()).rejects.toBe(refusal);
  });

  it('has the errors of licenses, and no others', async () => {
    const { license, engines } = await setup();
    act(() => engines.current().options.listener.onError(new PlaybackError('license-refused')));
    expect(license()).toMatchObject({ status: 'error', error: { code: 'license-refused' } });

    const other = await setup();
    act(() => other.engines.current().options.listener.onError(new PlaybackError('segment-unavailable')));
    expect(other.license()).toMatchObject({ status: 'none', error: null });
  });

  it('renders nothing while time passes', async () => {
    const { engines } = await setup();
    const before = seen.length;
    act(() => engines.current().options.listener.onState({ live: true }));

    expect(seen).toHaveLength(before);
  });
});

it('without anything to speak of throws, naming all three ways', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});

  expect(() => render(<Show />)).toThrow(/\{ mediaKeys \}.*\{ player \}.*<SecurePlayer>.*<PlayerScope>/);
});
