import {
  fromHex,
  readClearKeyLicenseRequest,
  readKeyIdsInitData,
  writeClearKeyLicense,
  writeKeyIdsInitData,
  type LicensePolicy,
} from '@secure-player/protocol';

/** Key ids and keys of the title that tests license. */
export const KEYS = {
  '00000000000000000000000000000001': 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  '00000000000000000000000000000002': 'b1b2c3d4e5f60718293a4b5c6d7e8f91',
} as const;

export const KEY_IDS = Object.keys(KEYS);

/** A Clear Key license server that is a function, and what it was asked. */
export interface ClearKeyServer {
  readonly fetch: typeof fetch;
  /** What came, in order, as `license` or `release` and the address. */
  readonly asked: {
    readonly what: 'license' | 'release' | 'key';
    readonly url: string;
    readonly body: string;
  }[];
  /** Nobody is there. */
  isAway: boolean;
  /** Answers with this status. */
  status: number;
  policy: LicensePolicy | undefined;
  /** Answers with this in place of a license. */
  answer: string | null;
  /** What it holds back. */
  withheld: string | null;
}

export function createClearKeyServer(): ClearKeyServer {
  const server: ClearKeyServer = {
    asked: [],
    isAway: false,
    status: 200,
    policy: undefined,
    answer: null,
    withheld: null,
    async fetch(input, init) {
      if (server.isAway) throw new TypeError('Failed to fetch');

      const url = input instanceof Request ? input.url : input.toString();
      if (!init?.body) {
        server.asked.push({ what: 'key', url, body: '' });
        return new Response(fromHex(KEYS[KEY_IDS[0] as keyof typeof KEYS]), { status: server.status });
      }
      const bytes = init.body as Uint8Array<ArrayBuffer>;
      const body = new TextDecoder().decode(bytes);
      const what = body.includes('"type"') ? 'license' : 'release';
      server.asked.push({ what, url, body });
      if (server.status !== 200) return new Response('{}', { status: server.status });
      if (server.answer !== null) return new Response(server.answer);
      return new Response(
        what === 'release' ? writeKeyIdsInitData(readKeyIdsInitData(bytes)) : license(bytes),
      );
    },
  };
  const license = (bytes: Uint8Array) => {
    const { kids, type } = readClearKeyLicenseRequest(bytes);
    const keys = kids
      .filter((keyId) => keyId !== server.withheld)
      .map((keyId) => ({ keyId, key: fromHex(KEYS[keyId as keyof typeof KEYS]) }));

    return writeClearKeyLicense({ keys, type, policy: server.policy });
  };

  return server;
}
