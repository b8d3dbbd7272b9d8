import { vi } from 'vitest';

/** What a stubbed browser has. */
interface EmeStubOptions {
  readonly has?: ((keySystem: string) => boolean) | undefined;
}

/** A Clear Key module in place of the browser's, which jsdom lacks; its keys are usable as soon as they come. */
export function stubEme({ has = () => true }: EmeStubOptions = {}) {
  const sessions: ReturnType<typeof createSession>[] = [];
  const made: object[] = [];
  const requestMediaKeySystemAccess = vi.fn(
    async (keySystem: string, [configuration]: MediaKeySystemConfiguration[]) => {
      if (!has(keySystem)) throw new DOMException('no', 'NotSupportedError');

      return {
        keySystem,
        getConfiguration: () => configuration,
        createMediaKeys: async () => {
          const mediaKeys = {
            createSession: () => {
              const session = createSession();
              sessions.push(session);
              return session;
            },
          };
          made.push(mediaKeys);
          return mediaKeys;
        },
      };
    },
  );
  vi.stubGlobal('navigator', { ...navigator, requestMediaKeySystemAccess });
  const media = HTMLMediaElement.prototype;
  Object.defineProperty(media, 'mediaKeys', { value: null, writable: true, configurable: true });
  media.setMediaKeys = async function setMediaKeys(mediaKeys) {
    Object.defineProperty(this, 'mediaKeys', { value: mediaKeys, writable: true, configurable: true });
  };

  return {
    sessions,
    made,
    requestMediaKeySystemAccess,
    /** Has a media element meet media that is encrypted under a key. */
    meet(video: HTMLVideoElement, keyId: string) {
      const kids = [toBase64Url(keyId)];
      const initData = new TextEncoder().encode(JSON.stringify({ kids })).buffer;
      video.dispatchEvent(Object.assign(new Event('encrypted'), { initDataType: 'keyids', initData }));
    },
  };
}

function createSession() {
  const target = new EventTarget();
  const keyStatuses = new Map<BufferSource, string>();
  let end = (_reason: string) => {};
  const closed = new Promise<string>((resolve) => {
    end = resolve;
  });

  return Object.assign(target, {
    sessionId: '1',
    expiration: Number.NaN,
    keyStatuses,
    closed,
    generateRequest: vi.fn(async (_type: string, initData: Uint8Array<ArrayBuffer>) => {
      const { kids } = JSON.parse(new TextDecoder().decode(initData)) as { kids: string[] };
      const message = new TextEncoder().encode(JSON.stringify({ kids, type: 'temporary' })).buffer;
      target.dispatchEvent(Object.assign(new Event('message'), { message, messageType: 'license-request' }));
    }),
    update: vi.fn(async (license: Uint8Array) => {
      const { keys } = JSON.parse(new TextDecoder().decode(license)) as { keys: { kid: string }[] };
      for (const { kid } of keys) keyStatuses.set(fromBase64Url(kid), 'usable');
      target.dispatchEvent(new Event('keystatuseschange'));
    }),
    remove: vi.fn(async () => {}),
    close: vi.fn(async () => {
      keyStatuses.clear();
      end('closed-by-application');
    }),
  });
}

function toBase64Url(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
