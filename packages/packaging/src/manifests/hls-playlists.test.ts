import { describe, expect, it } from 'vitest';
import { nameFairPlayKeys } from './name-fairplay-keys.js';
import { orderRenditions } from './order-renditions.js';

describe('nameFairPlayKeys', () => {
  const playlist = [
    '#EXTM3U',
    '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;base64,AAAA",KEYFORMAT="com.microsoft.playready"',
    '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://q7onHovPVSu9LoakNKml2Q==",KEYFORMATVERSIONS="1",KEYFORMAT="com.apple.streamingkeydelivery"',
    '#EXT-X-UNKNOWN:kept',
    '',
  ];

  it('names the key by its id on the FairPlay line only', () => {
    const named = nameFairPlayKeys(playlist.join('\n'), 'abba271e8bcf552bbd2e86a434a9a5d9');

    expect(named.split('\n')).toEqual(
      playlist.map((line) => line.replace('q7onHovPVSu9LoakNKml2Q==', 'abba271e8bcf552bbd2e86a434a9a5d9')),
    );
  });
});

describe('orderRenditions', () => {
  const media = (type: string, language: string): string =>
    `#EXT-X-MEDIA:TYPE=${type},URI="${language}.m3u8",GROUP-ID="group",LANGUAGE="${language}"`;

  it('orders audio and subtitles by language, each in its own place', () => {
    const lines = [
      '#EXTM3U',
      media('AUDIO', 'es'),
      media('AUDIO', 'en'),
      '',
      media('SUBTITLES', 'fr'),
      media('SUBTITLES', 'en'),
      '',
    ];

    expect(orderRenditions(lines.join('\n'), ['en', 'es']).split('\n')).toEqual([
      '#EXTM3U',
      media('AUDIO', 'en'),
      media('AUDIO', 'es'),
      '',
      media('SUBTITLES', 'en'),
      media('SUBTITLES', 'fr'),
      '',
    ]);
  });
});
