import type { NativeEme } from './native-eme.js';

const CLEAR_KEY = 'org.w3.clearkey';

/** What any browser with Clear Key plays at least one of. */
const COMMON_VIDEO = [
  'video/mp4; codecs="avc1.42E01E"',
  'video/webm; codecs="vp9"',
  'video/webm; codecs="vp8"',
];

/** The browser's own Clear Key, which does the decrypting. */
export class NativeClearKey {
  readonly #eme: NativeEme;
  readonly #answers = new Map<string, Promise<boolean>>();
  #access: Promise<MediaKeySystemAccess> | undefined;

  constructor(eme: NativeEme) {
    this.#eme = eme;
  }

  /** Rejects as the platform does where a page may not use EME at all, or where there is no Clear Key. */
  access(): Promise<MediaKeySystemAccess> {
    this.#access ??= this.#request(
      COMMON_VIDEO.map((contentType) => ({
        initDataTypes: ['keyids'],
        videoCapabilities: [{ contentType, robustness: '' }],
      })),
    );
    return this.#access;
  }

  async createMediaKeys(): Promise<MediaKeys> {
    return (await this.access()).createMediaKeys();
  }

  /** Whether media of this type under this scheme can be decrypted; null asks for no scheme in particular. */
  canDecrypt(
    kind: 'audio' | 'video',
    contentType: string,
    encryptionScheme: string | null,
  ): Promise<boolean> {
    const question = JSON.stringify([kind, contentType, encryptionScheme]);
    const known = this.#answers.get(question);
    if (known) return known;

    const capability = { contentType, robustness: '', encryptionScheme };
    const answer = this.#request([
      kind === 'audio' ? { audioCapabilities: [capability] } : { videoCapabilities: [capability] },
    ]).then(
      () => true,
      () => false,
    );
    this.#answers.set(question, answer);
    return answer;
  }

  async #request(configurations: MediaKeySystemConfiguration[]): Promise<MediaKeySystemAccess> {
    return this.#eme.requestMediaKeySystemAccess(CLEAR_KEY, configurations);
  }
}
