// @vitest-environment jsdom
import type { TimelineSink } from '@secure-player/core';
import { act, cleanup, render } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';

import { PlayerScope } from '../player/player-scope.js';
import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { useDrmTimeline, type DrmTimelineReading } from './use-drm-timeline.js';

afterEach(cleanup);

async function setup() {
  const engines = createFakeEngines();
  const readings: DrmTimelineReading[] = [];
  const Reader = () => {
    readings.push(useDrmTimeline());
    return null;
  };
  render(
    <PlayerScope>
      <SecurePlayer source={{ src: '/a.mpd' }} />
      <Reader />
    </PlayerScope>,
    { wrapper: engines.wrapper },
  );
  await settle();
  const timeline = engines.current().options.timeline as TimelineSink;
  const report = (act_: (sink: TimelineSink) => void) => act(() => act_(timeline));

  return { readings, report, engines };
}

it('gives the steps of the nearest player, also beside it', async () => {
  const { readings, report } = await setup();
  expect(readings.at(-1)?.entries).toEqual([]);

  report((timeline) => timeline.begin('access', null, { keySystem: 'org.w3.clearkey' }).end('ok'));
  const reading = readings.at(-1);

  expect(reading?.entries).toMatchObject([{ step: 'access', outcome: 'ok' }]);
  expect(JSON.parse(reading?.exportTimeline() ?? '')).toMatchObject({
    kind: 'drm-timeline',
    entries: [{ step: 'access', detail: { keySystem: 'org.w3.clearkey' } }],
  });
});

it('keeps its export function, and renders nothing anew while playback goes on', async () => {
  const { readings, report, engines } = await setup();
  report((timeline) => timeline.begin('access').end('ok'));
  const count = readings.length;
  act(() => engines.current().options.listener.onState({ live: true }));

  expect(readings).toHaveLength(count);
  expect(new Set(readings.map(({ exportTimeline }) => exportTimeline)).size).toBe(1);
});

it('forgets a title when the next one loads', async () => {
  const engines = createFakeEngines();
  const readings: DrmTimelineReading[] = [];
  const Reader = () => {
    readings.push(useDrmTimeline());
    return null;
  };
  const page = (src: string) => (
    <SecurePlayer source={{ src }}>
      <Reader />
    </SecurePlayer>
  );
  const { rerender } = render(page('/a.mpd'), { wrapper: engines.wrapper });
  await settle();
  act(() => void engines.current().options.timeline?.begin('access'));
  expect(readings.at(-1)?.entries).toHaveLength(1);
  rerender(page('/b.mpd'));
  await settle();

  expect(readings.at(-1)?.entries).toEqual([]);
});

it('is empty on a server', () => {
  const Reader = () => <p>{useDrmTimeline().entries.length}</p>;

  expect(
    renderToString(
      <SecurePlayer source={null}>
        <Reader />
      </SecurePlayer>,
    ),
  ).toContain('<p>0</p>');
});

it('outside of a player throws, naming the fix', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const Lost = () => {
    useDrmTimeline();
    return null;
  };

  expect(() => render(<Lost />)).toThrow('useDrmTimeline must be used below <SecurePlayer>');
});
