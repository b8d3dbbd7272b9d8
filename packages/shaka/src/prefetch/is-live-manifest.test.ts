import { expect, it } from 'vitest';

import { isLiveManifest } from './is-live-manifest.js';

it.each([
  ['a DASH film', '<?xml version="1.0"?>\n<MPD type="static" profiles="a">', false],
  ['a DASH film that does not say so', '<MPD profiles="a"><Period type="dynamic"/>', false],
  ['a DASH stream', '<MPD\n profiles="a"\n type="dynamic">', true],
  ['a multivariant playlist', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n', false],
  ['a playlist of a film', '#EXTM3U\n#EXTINF:4,\na.m4s\n#EXT-X-ENDLIST\n', false],
  ['a playlist of a stream', '\uFEFF#EXTM3U\n#EXTINF:4,\na.m4s\n', true],
])('%s', (_, text, isLive) => {
  expect(isLiveManifest(new TextEncoder().encode(text).buffer)).toBe(isLive);
});
