import { keyIdToGuid, toBase64, toBase64Url, toHex } from '@secure-player/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PlaybackError } from './playback-error.js';
import { redactText } from './redact.js';

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
const spellings = (key: Uint8Array) => {
  const hex = toHex(key);
  const guid = keyIdToGuid(hex);
  return [
    hex,
    hex.toUpperCase(),
    `0x${hex}`,
    guid,
    guid.toUpperCase(),
    `{${guid}}`,
    toBase64(key),
    toBase64Url(key),
  ];
};

/** Text as errors have it: words, punctuation, JSON, with no room inside a word. */
const around = fc.constantFrom(
  '',
  ' ',
  ': ',
  '"',
  "'",
  '(',
  '{"k":"',
  ',',
  '; ',
  '\n',
  'The key ',
  '=',
  '[',
  '#',
  '|',
);

const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const urls = fc
  .tuple(word, word, fc.array(word, { maxLength: 4 }), fc.dictionary(word, word, { maxKeys: 3 }), word)
  .map(
    ([user, host, path, query, hash]) =>
      `https://${user}@${host}.example/${path.join('/')}?${new URLSearchParams(query).toString()}#${hash}`,
  );

/** Every text that a PlaybackError shows: message, causes, JSON and stack. */
function textsOf(secret: string, before: string, after: string): string[] {
  const text = `${before}${secret}${after}`;
  const inner = new Error(text);
  const cause = new TypeError(text, { cause: inner });
  Object.defineProperty(cause, 'name', { value: text });
  const error = new PlaybackError('unknown', { message: text, cause });

  return [redactText(text), error.message, String(error), JSON.stringify(error), error.stack ?? ''];
}

function isHidden(secret: string, before: string, after: string): boolean {
  const core = secret.replace(/=+$/, '').toLowerCase();
  return textsOf(secret, before, after).every((text) => !text.toLowerCase().includes(core));
}

describe('what no PlaybackError keeps', () => {
  it('keys of 16 bytes, in any spelling', () => {
    fc.assert(
      fc.property(bytes, around, around, (key, before, after) => {
        expect(spellings(key).filter((spelling) => !isHidden(spelling, before, after))).toEqual([]);
      }),
    );
  });

  it('licenses: longer runs of base64 and hex', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 17, maxLength: 400 }), around, (license, before) => {
        const spelt = [toHex(license), toBase64(license), toBase64Url(license)];
        expect(spelt.filter((spelling) => !isHidden(spelling, before, ''))).toEqual([]);
      }),
    );
  });

  it('JSON web tokens', () => {
    const token = fc
      .tuple(fc.json(), fc.uint8Array({ minLength: 32, maxLength: 32 }))
      .map(([payload, signature]) =>
        ['{"alg":"HS256"}', payload]
          .map((part) => toBase64Url(new TextEncoder().encode(part)))
          .concat(toBase64Url(signature))
          .join('.'),
      );

    fc.assert(
      fc.property(token, around, around, (jwt, before, after) => {
        expect(isHidden(jwt, before, after)).toBe(true);
      }),
    );
  });

  it.each(['Bearer abc123', 'bearer x.y.z', 'Authorization: Bearer s3cret!', 'BEARER  t0ken'])(
    'a short token after Bearer: %s',
    (text) => {
      expect(redactText(`It sent "${text}" and failed.`)).not.toContain(text.split(' ').at(-1));
    },
  );

  it('full URLs: of any path, query, user and fragment, the origin is left', () => {
    fc.assert(
      fc.property(urls, around, (url, before) => {
        for (const text of textsOf(url, before, ' failed')) expect(text).not.toContain(url);
        expect(redactText(`GET ${url} failed`)).toBe(`GET ${new URL(url).origin}/… failed`);
      }),
    );
  });

  it.each([
    ['https://user:pass@cdn.example:8443/a/b.mpd?t=1#x', 'https://cdn.example:8443/…'],
    ['GET http://cdn.example?t=secret: 403', 'GET http://cdn.example/… 403'],
    ['skd://asset-1', '[url]'],
    ['data:text/plain,secret', '[url]'],
    ['blob:https://page.example/1-2', '[url]'],
    ['from "/license?token=abc": bad', 'from "/license?[redacted]": bad'],
    ['wss://a.example/socket', 'wss://a.example/…'],
  ])('%s becomes %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('keys of 16 bytes, byte by byte', () => {
    const lists = (key: Uint8Array) => [
      String(key),
      [...key].join(', '),
      toHex(key).replace(/..(?=.)/g, '$&:'),
      toHex(key).replace(/..(?=.)/g, '$& '),
    ];
    fc.assert(
      fc.property(bytes, around, (key, before) => {
        expect(lists(key).filter((spelling) => !isHidden(spelling, before, ''))).toEqual([]);
      }),
    );
  });

  it.each([
    ['Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['at /page#access_token=abc123', 'at /page#[redacted]'],
    ['from /license?abc123', 'from /license?[redacted]'],
    ['eyJh.eyJz.c2ln is over', '[redacted] is over'],
    ['got \u0008\u0012ABC', 'got [redacted]ABC'],
  ])('short secrets by where they stand: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('a secret that the cut of a long text goes through', () => {
    for (let length = 1_900; length < 2_000; length += 1) {
      expect(redactText(`${'a '.repeat(length / 2)}AAECAwQFBgcICQoLDA0ODw`)).not.toContain('AAECAw');
    }
  });

  it('what JSON.parse quotes of a license', () => {
    const parse = () => {
      try {
        return JSON.parse('AAECAwQFBgcICQoLDA0ODw') as unknown;
      } catch (cause) {
        return new PlaybackError('license-malformed', { cause });
      }
    };

    expect(JSON.stringify(parse())).not.toContain('AAEC');
  });

  it('more than fits a line of a log', () => {
    expect(redactText('a '.repeat(5_000)).length).toBeLessThanOrEqual(500);
  });
});

describe('what it keeps', () => {
  it.each([
    "Failed to execute 'requestMediaKeySystemAccess' on 'Navigator': Unsupported keySystem",
    'Did you mean "com.microsoft.playready.recommendation.3000"?',
    '`source.drm["org.w3.clearkey"]` needs exactly one of `licenseUrl`, `licenseUrlFromManifest` and `keys`.',
    'HTTP 403 for the license of session 12; is it over?',
  ])('%s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is not redacted into something else a second time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(redactText(redactText(text))).toBe(redactText(text));
      }),
    );
  });
});
