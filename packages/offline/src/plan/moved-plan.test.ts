import { expect, it } from 'vitest';

import type { Resource } from '../manifest/media-track.js';
import { movedPlan } from './moved-plan.js';
import type { TitlePlan } from './planned-title.js';

function planOf(manifestUrl: string, urls: readonly (string | Pick<Resource, 'url' | 'range'>)[]): TitlePlan {
  const resources = urls.map((given) => ({
    ...(typeof given === 'string' ? { url: given, range: null } : given),
    url: new URL(typeof given === 'string' ? given : given.url, manifestUrl).href,
    seconds: 4,
    kind: 'segment' as const,
    expectedBytes: 1,
  }));
  return {
    manifest: {
      url: 'https://a.example/m',
      finalUrl: manifestUrl,
      type: 'dash',
      contentType: null,
      text: '',
    },
    answers: [],
    offered: [],
    chosen: [],
    resources,
    keyUrls: [],
    keyIds: [],
  };
}

const AT_1 = 'https://a.example/token-1/film/manifest.mpd';
const AT_2 = 'https://a.example/token-2/film/manifest.mpd?sign=2';

it.each<[string, string[], string[]]>([
  ['below the manifest', ['1.m4s', 'hd/2.m4s'], ['1.m4s', 'hd/2.m4s?sign=2']],
  ['beside it', ['../media/1.m4s'], ['../media/1.m4s']],
  ['on another server', ['https://b.example/1.m4s?sign=1'], ['https://b.example/1.m4s?sign=2']],
])('is kept under its names, and fetched from where it is: %s', (_, before, after) => {
  const [kept, now] = [planOf(AT_1, before), planOf(AT_2, after)];
  expect(movedPlan(kept, now)?.resources).toEqual(
    kept.resources.map((resource, place) => ({ ...resource, address: now.resources[place]?.url })),
  );
});

it.each<[string, TitlePlan, TitlePlan]>([
  ['more of it', planOf(AT_1, ['1.m4s']), planOf(AT_2, ['1.m4s', '2.m4s'])],
  ['other names', planOf(AT_1, ['1.m4s']), planOf(AT_2, ['v2-1.m4s'])],
  ['other folders', planOf(AT_1, ['hd/1.m4s']), planOf(AT_2, ['sd/1.m4s'])],
  ['another server', planOf(AT_1, ['https://b.example/1.m4s']), planOf(AT_2, ['https://c.example/1.m4s'])],
  ['names in the query alone', planOf(AT_1, ['s?n=1', 's?n=2']), planOf(AT_2, ['s?n=1', 's?n=2'])],
  [
    'other parts of a file',
    planOf(AT_1, [{ url: 'f.mp4', range: { start: 0, end: 9 } }]),
    planOf(AT_2, [{ url: 'f.mp4', range: { start: 0, end: 8 } }]),
  ],
  [
    'other addresses of keys',
    planOf(AT_1, ['1.ts']),
    { ...planOf(AT_2, ['1.ts']), keyUrls: ['https://a.example/k'] },
  ],
])('is none where there is %s', (_, kept, now) => {
  expect(movedPlan(kept, now)).toBeNull();
});
