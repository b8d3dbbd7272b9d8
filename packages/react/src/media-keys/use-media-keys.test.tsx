// @vitest-environment jsdom
import '../testing/fake-engine.js';
import type { DrmConfiguration, MediaKeysState } from '../index.js';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { useRef, useState } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { settle } from '../testing/fake-engine.js';
import { stubEme } from '../testing/stub-eme.js';
import { useLicense, type License } from './use-license.js';
import { useMediaKeys } from './use-media-keys.js';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const KEY_ID = '00000000000000000000000000000001';
const KEY = 'fedcba9876543210fedcba9876543210';

const seen: MediaKeysState[] = [];
const licenses: License[] = [];

function Keys({ video, drm }: { video: Parameters<typeof useMediaKeys>[0]; drm?: DrmConfiguration | null }) {
  // Written inline on purpose: another object at each render.
  const state = useMediaKeys(
    video,
    drm === undefined ? { 'org.w3.clearkey': { keys: { [KEY_ID]: KEY } } } : drm,
  );
  seen.push(state);
  licenses.push(useLicense({ mediaKeys: state }));

  return <output data-testid="status">{state.status}</output>;
}

function Page({ count = 1, drm }: { count?: number; drm?: DrmConfiguration | null }) {
  const video = useRef<HTMLVideoElement>(null);
  const [, setRenders] = useState(0);

  return (
    <>
      <button type="button" onClick={() => setRenders((renders) => renders + 1)}>
        Render
      </button>
      <video ref={video} />
      {Array.from({ length: count }, (_, index) => (
        <Keys key={index} video={video} {...(drm !== undefined && { drm })} />
      ))}
    </>
  );
}

const statuses = () => screen.getAllByTestId('status').map(({ textContent }) => textContent);

async function setup(page = <Page />) {
  seen.length = 0;
  licenses.length = 0;
  const eme = stubEme();
  const view = render(page);
  await settle();
  await waitFor(() => expect(statuses()).not.toContain('opening'));
  const video = document.querySelector('video') as HTMLVideoElement;

  return {
    ...eme,
    ...view,
    video,
    meet: async () => {
      act(() => eme.meet(video, KEY_ID));
      await settle();
    },
  };
}

describe('useMediaKeys', () => {
  it('takes a plain <video> from `encrypted` to usable keys, by a ref', async () => {
    const { meet, video } = await setup();
    expect(statuses()).toEqual(['waiting']);
    expect(video.mediaKeys).not.toBeNull();

    await meet();
    expect(statuses()).toEqual(['ready']);
    expect(seen.at(-1)?.keyStatuses).toEqual([{ keyId: KEY_ID, status: 'usable' }]);
    expect(licenses.at(-1)).toMatchObject({
      status: 'usable',
      keySystem: 'org.w3.clearkey',
      expiresAt: null,
    });
  });

  it('asks once, however many components ask, mounted twice and rendered again', async () => {
    const { meet, sessions, made } = await setup(<Page count={3} />);
    await meet();
    act(() => screen.getByRole('button').click());
    await settle();
    await meet();

    expect(statuses()).toEqual(['ready', 'ready', 'ready']);
    expect(made).toHaveLength(1);
    expect(sessions).toHaveLength(1);
  });

  it('gives the same object while nothing changes', async () => {
    await setup();
    const before = [seen.at(-1), licenses.at(-1)];
    act(() => screen.getByRole('button').click());

    expect([seen.at(-1), licenses.at(-1)]).toEqual(before);
    expect(seen.at(-1)).toBe(before[0]);
    expect(licenses.at(-1)).toBe(before[1]);
  });

  it('lets go of an element that is unmounted', async () => {
    const { meet, unmount, video, sessions } = await setup();
    await meet();
    unmount();
    await settle();

    expect(video.mediaKeys).toBeNull();
    expect(sessions[0]?.close).toHaveBeenCalledOnce();
  });

  it('is idle without a `drm`, and on a server', async () => {
    const { made } = await setup(<Page drm={null} />);
    expect(statuses()).toEqual(['idle']);
    expect(made).toHaveLength(0);

    expect(renderToString(<Page />)).toContain('idle');
  });

  it('has a failure in its state', async () => {
    await setup(<Page drm={{ 'org.w3.clearkey': { licenseUrl: '' } }} />);

    expect(seen.at(-1)?.error).toMatchObject({ code: 'source-invalid' });
  });
});
