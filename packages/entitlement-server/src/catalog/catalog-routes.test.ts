import { expect, test } from 'vitest';

import type { Title } from './title.js';
import { FILM, FILM_KEYS, setup } from '../testing/setup.js';

test('anybody may see the whole catalog', async () => {
  const response = await setup().get('/v1/catalog');
  const { titles } = (await response.json()) as { titles: unknown[] };

  expect(response.status).toBe(200);
  expect(titles).toHaveLength(2);
  expect(titles[0]).toEqual({
    id: 'film',
    title: 'The film',
    synopsis: 'Somebody goes somewhere.',
    durationSeconds: 64,
    access: 'subscription',
    storable: false,
    poster: '/media/film-v1/poster.jpg',
    thumbnails: '/media/film-v1/thumbnails.vtt',
    streams: [
      { format: 'dash', type: 'dash', src: '/media/film-v1/dash/manifest.mpd' },
      { format: 'hls', type: 'hls', src: '/media/film-v1/hls/master.m3u8' },
    ],
    keyIds: Object.values(FILM_KEYS),
  });
});

test.each([
  [{ canPersist: true }, true],
  [{ canPersist: false }, false],
])('the catalog says whether a title may be kept: %o', async (policy, storable) => {
  const server = setup({ titles: [{ ...FILM, policy }] });

  expect(await (await server.get('/v1/catalog')).json()).toMatchObject({ titles: [{ storable }] });
});

test('names in URLs are encoded', async () => {
  const server = setup({ titles: [{ ...FILM, directory: 'a film/100% é', poster: 'po#st?er.jpg' }] });
  const { titles } = (await (await server.get('/v1/catalog')).json()) as { titles: { poster: string }[] };
  expect(titles[0]?.poster).toBe('/media/a%20film/100%25%20%C3%A9/po%23st%3Fer.jpg');
});

test.each([
  ['titles[0].directory', { directory: '' }],
  ['titles[0].directory', { directory: '.' }],
  ['titles[0].directory', { directory: '../film' }],
  ['titles[0].directory', { directory: '/etc' }],
  ['titles[0].directory', { directory: 'film\\..\\..' }],
  ['titles[0].poster', { poster: 'a//b.jpg' }],
  ['titles[0].streams', { streams: [] }],
  ['titles[0].streams[0].path', { streams: [{ format: 'dash', type: 'dash', path: '../x.mpd' }] }],
  ['titles[0].keys[0].keyId', { keys: [{ keyId: 'A'.repeat(32), group: 'SD' }] }],
  ['titles[0].id', { id: '' }],
  ['titles[0].policy.notAfter', { policy: { notAfter: Number.NaN } }],
  ['titles[0].policy.licenseDurationSeconds', { policy: { licenseDurationSeconds: -1 } }],
  ['titles[0].policy.renewal.delaySeconds', { policy: { renewal: { delaySeconds: Infinity } } }],
  ['titles[0].policy.rentalDurationSeconds', { policy: { rentalDurationSeconds: 2 ** 53 / 1000 } }],
  [
    'titles[0].policy.renewal.graceSeconds',
    { policy: { renewal: { delaySeconds: 1, graceSeconds: 1e300 } } },
  ],
  ['titles[0].keys', { keys: manyKeys(257) }],
  ['titles[0].keySystems', { keySystems: [] }],
] as const)('a title that cannot be served is refused at once: %s', (field, change) => {
  const start = () => setup({ titles: [{ ...FILM, ...change }] });
  expect(start).toThrow(expect.objectContaining({ code: 'invalid-configuration', field }));
});

test('a title may have as many keys as a license holds, and durations of any real length', () => {
  const policy = { licenseDurationSeconds: 1e12, renewal: { delaySeconds: 0.5 } };
  expect(() => setup({ titles: [{ ...FILM, keys: manyKeys(256), policy }] })).not.toThrow();
});

test.each([
  ['policy.renewal.delaySeconds', { policy: { renewal: { retrySeconds: 1 } } }],
  ['keySystems', { keySystems: ['clearkey', 'org.w3.clearkey'] }],
])('a title that JSON can hold and types cannot is refused at once: %s', (field, change) => {
  const title = JSON.parse(JSON.stringify({ ...FILM, ...change })) as Title;
  expect(() => setup({ titles: [title] })).toThrow(expect.objectContaining({ field: `titles[0].${field}` }));
});

test.each([
  ['minHdcp', '9.9'],
  ['minSecurityLevel', 'high'],
])('a key that demands what no device knows, as JSON can, is refused at once: %s', (name, value) => {
  const keys = [{ ...FILM.keys[0], policy: { [name]: value } }];
  const title = JSON.parse(JSON.stringify({ ...FILM, keys })) as Title;
  expect(() => setup({ titles: [title] })).toThrow(
    expect.objectContaining({ field: `titles[0].keys[0].policy.${name}` }),
  );
});

test('two titles share neither an id nor a key', () => {
  expect(() => setup({ titles: [FILM, FILM] })).toThrow(expect.objectContaining({ field: 'titles[1].id' }));
  expect(() => setup({ titles: [FILM, { ...FILM, id: 'other' }] })).toThrow(
    expect.objectContaining({ field: 'titles[1].keys[0].keyId' }),
  );
});

function manyKeys(count: number): Title['keys'] {
  return Array.from({ length: count }, (_, index) => ({
    keyId: index.toString(16).padStart(32, '0'),
    group: 'SD',
  }));
}
