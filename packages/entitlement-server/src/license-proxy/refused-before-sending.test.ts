import { expect, test } from 'vitest';

import { FILM, FILM_KEYS, TRAILER, bearer, codeOf, setup, type TestServer } from '../testing/setup.js';
import type { LicenseUpstream, MessageDemand, UpstreamGrant } from './license-upstream.js';

const CLEAR: typeof TRAILER = { ...TRAILER, id: 'clear', directory: 'clear', keys: [] };

interface Vendor {
  readonly server: TestServer;
  readonly grants: readonly UpstreamGrant[];
  readonly ask: (query: string, token?: string) => Promise<string | number>;
}

/** A license server elsewhere; without a demand it alone can read what messages ask for. */
function start(demand?: Pick<MessageDemand, 'keyIds' | 'contentId'>): Vendor {
  const grants: UpstreamGrant[] = [];
  const upstream: LicenseUpstream = {
    async send({ grant }) {
      grants.push(grant);
      return { body: new Uint8Array([1]), contentType: null };
    },
    ...(demand && {
      inspect: async () => ({
        purpose: 'license',
        sessionType: 'temporary',
        fields: { keyIds: 'keyIds', sessionType: 'sessionType' },
        ...demand,
      }),
    }),
  };
  const server = setup({
    titles: [FILM, TRAILER, CLEAR],
    upstreams: { widevine: upstream, fairplay: upstream },
  });
  const headers = { 'Content-Type': 'application/octet-stream' };
  return {
    server,
    grants,
    ask: async (query, token) =>
      codeOf(
        await server.post(`/license/${query}`, 'sealed', {
          headers: { ...headers, ...bearer(token ?? null) },
        }),
      ),
  };
}

test.each(['widevine', 'fairplay'])(
  'a title without keys has no license of %s, whatever the message asks for',
  async (system) => {
    const { server, grants, ask } = start();
    expect(await ask(`${system}?content=clear`)).toBe('key-system-unsupported');
    const { id } = await server.open(null, { contentId: 'clear', intent: 'play' });
    expect(await ask(`${system}?session=${id}`)).toBe('key-system-unsupported');
    expect(grants).toEqual([]);

    expect(await ask(`${system}?content=trailer`)).toBe(200);
  },
);

test.each([
  ['premium', FILM_KEYS.HD, 200],
  ['basic', FILM_KEYS.SD, 200],
  ['basic', FILM_KEYS.HD, 'plan-insufficient'],
])(
  '%s that names one key in place of all, %s, is answered with %s',
  async (username, contentId, expected) => {
    const { server, grants, ask } = start({ keyIds: [], contentId });
    expect(await ask('fairplay', await server.signIn(username))).toBe(expected);
    expect(grants).toHaveLength(expected === 200 ? 1 : 0);
  },
);
