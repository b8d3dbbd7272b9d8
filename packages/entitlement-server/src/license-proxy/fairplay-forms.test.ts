import { unwrapCkc } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { FILM_KEYS, TRAILER_KEYS, codeOf, setup, type TestServer } from '../testing/setup.js';
import { createDevice, requestFor } from '../testing/virtual-device.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** How a message travels, and what comes back. */
const FORMS: readonly {
  readonly name: string;
  readonly type: string;
  readonly answerType: string;
  readonly write: (spc: Uint8Array<ArrayBuffer>) => string | Uint8Array<ArrayBuffer>;
  readonly shape: RegExp;
}[] = [
  {
    name: 'bytes',
    type: 'application/octet-stream',
    answerType: 'application/octet-stream',
    write: (spc) => spc,
    shape: /^[^<{]/,
  },
  {
    name: 'a form',
    type: FORM,
    answerType: 'text/plain; charset=utf-8',
    write: (spc) => `spc=${encodeURIComponent(base64(spc))}&assetId=trailer`,
    shape: /^<ckc>[\w+/]+=*<\/ckc>$/,
  },
  {
    name: 'a form whose plus signs are not escaped',
    type: `${FORM}; charset=UTF-8`,
    answerType: 'text/plain; charset=utf-8',
    write: (spc) => `assetId=trailer&spc=${base64(spc)}`,
    shape: /^<ckc>[\w+/]+=*<\/ckc>$/,
  },
  {
    name: 'JSON',
    type: JSON_TYPE,
    answerType: JSON_TYPE,
    write: (spc) => JSON.stringify({ spc: base64(spc), assetId: 'trailer' }),
    shape: /^\{"ckc":"[\w+/]+=*"\}$/,
  },
];

describe('a FairPlay message', () => {
  test.each(FORMS)(
    'may come as $name, and is answered likewise',
    async ({ type, answerType, write, shape }) => {
      const server = setup({ virtualKeySystems: true });
      const device = await createDevice({ system: 'fairplay', server });
      const request = requestFor([TRAILER_KEYS.SD]);
      const answer = await post(server, type, write(await device.seal(request)));
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(answerType);
      expect(answer.headers.get('cache-control')).toBe('no-store');

      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(Buffer.from(bytes).toString()).toMatch(shape);
      const { keys } = await device.open(unwrapCkc(bytes), request);
      expect(keys.map(({ keyId }) => keyId)).toEqual([TRAILER_KEYS.SD]);
    },
  );

  test.each(FORMS)('as $name gets a problem document when it is refused', async ({ type, write }) => {
    const server = setup({ virtualKeySystems: true });
    const device = await createDevice({ system: 'fairplay', server });
    const answer = await post(server, type, write(await device.seal(requestFor([FILM_KEYS.SD]))));
    expect(await codeOf(answer)).toBe('authentication-required');
  });

  test.each([
    ['a form without the message', FORM, 'assetId=trailer'],
    ['a form whose message is not base64', FORM, 'spc=%25%25%25'],
    ['a form whose message ends in the middle', FORM, 'spc=AAAAA'],
    ['JSON without the message', JSON_TYPE, '{"assetId":"trailer"}'],
    ['JSON whose message is no text', JSON_TYPE, '{"spc":[1,2]}'],
    ['JSON that is none', JSON_TYPE, '{"spc":'],
    ['JSON whose message is not base64', JSON_TYPE, '{"spc":"%%%"}'],
  ])('is refused as %s, with the name of the field', async (_case, type, body) => {
    const answer = await post(setup({ virtualKeySystems: true }), type, body);
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ field: 'spc' }] });
  });

  test.each([
    ['a form with an empty message', FORM, 'spc='],
    ['an empty form', FORM, ''],
    ['nothing', 'application/octet-stream', ''],
  ])('is refused as %s', async (_case, type, body) => {
    expect(await codeOf(await post(setup({ virtualKeySystems: true }), type, body))).toBe('invalid-request');
  });

  test.each([FORM, JSON_TYPE])('is not read without end as %s', async (type) => {
    const body = type === FORM ? `spc=${'A'.repeat(64 * 1024)}` : `{"spc":"${'A'.repeat(64 * 1024)}"}`;
    expect(await codeOf(await post(setup({ virtualKeySystems: true }), type, body))).toBe(
      'payload-too-large',
    );
  });
});

async function post(
  { app }: TestServer,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  return app.request('/license/fairplay', { method: 'POST', headers: { 'Content-Type': type }, body });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
