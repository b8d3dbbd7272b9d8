import type { CdmEnvironment } from '../cdm/cdm-environment.js';
import { VirtualCdm, type VirtualCdmOptions } from '../cdm/virtual-cdm.js';
import { systemOf } from '../media-keys/virtual-media-keys.js';
import { createSeededRandom } from '../random/create-seeded-random.js';
import { Attachments } from './attachments.js';
import { FairPlayEvents } from './fairplay/fairplay-events.js';
import { NativeClearKey } from './native-clear-key.js';
import { NativeDecryptor } from './native-decryptor.js';
import type { NativeEme } from './native-eme.js';
import { patchDecodingInfo } from './patch/patch-decoding-info.js';
import { patchKeySystemAccess } from './patch/patch-key-system-access.js';
import { patchMediaElement } from './patch/patch-media-element.js';
import { PatchSet } from './patch/patch-set.js';
import { PlatformInterfaces } from './patch/platform-interfaces.js';
import { createTaskQueue } from './task-queue.js';

/** What a {@link PageCdm} is made of. */
export interface PageCdmOptions extends Omit<VirtualCdmOptions, 'environment'> {
  readonly eme: NativeEme;
  readonly clock: CdmEnvironment['clock'];
  readonly store: CdmEnvironment['store'];
  readonly seed?: number | string | undefined;
}

/** A virtual CDM in a page: in the place of the page's EME, and on top of the browser's own Clear Key. */
export class PageCdm {
  readonly cdm: VirtualCdm;
  readonly eme: NativeEme;
  readonly clearKey: NativeClearKey;
  readonly interfaces: PlatformInterfaces;
  readonly attachments: Attachments;
  readonly queueTask = createTaskQueue();
  readonly #fairPlay: FairPlayEvents | null;
  readonly #patches = new PatchSet();
  /** A MediaKeys that the page has let go of may go. */
  #decryptors: readonly WeakRef<NativeDecryptor>[] = [];
  #isActive = false;
  #hasFairPlayKeys = false;

  constructor({ eme, clock, store, seed, ...options }: PageCdmOptions) {
    this.eme = eme;
    this.clearKey = new NativeClearKey(eme);
    const environment = this.#createEnvironment({ clock, store, random: createSeededRandom(seed) });
    this.cdm = new VirtualCdm({ ...options, environment });
    this.interfaces = new PlatformInterfaces((object) => this.#onAdopt(object));
    this.attachments = new Attachments({
      eme,
      isVirtual: (value) => this.interfaces.ownsMediaKeys(value),
      onPlaying: (mediaKeys) => this.cdm.notePlaying(mediaKeys),
    });
    const hasFairPlay = options.systems.some(({ dialect }) => dialect === 'fairplay');
    this.#fairPlay = hasFairPlay ? new FairPlayEvents(this) : null;
  }

  /** What the page has kept of the patches passes everything on once this is false. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** Whether the page has ever made MediaKeys of a FairPlay system. */
  get hasFairPlayKeys(): boolean {
    return this.#hasFairPlayKeys;
  }

  install(): void {
    this.#isActive = true;
    this.interfaces.patch(this.#patches);
    patchKeySystemAccess(this.#patches, this);
    patchDecodingInfo(this.#patches, this);
    patchMediaElement(this.#patches, this);
    this.#fairPlay?.patch(this.#patches);
  }

  /**
   * Gives the page its own EME back, at once. The promise is for what takes time: the keys are out of the browser, and
   * off the elements that let go of them.
   */
  async uninstall(): Promise<void> {
    this.#isActive = false;
    this.#patches.restore();
    this.interfaces.release();
    this.#fairPlay?.stop();
    this.cdm.close();
    await Promise.all(this.#livingDecryptors().map((decryptor) => decryptor.close()));
    await this.attachments.detachAll();
  }

  #createEnvironment(parts: Pick<CdmEnvironment, 'clock' | 'store' | 'random'>): CdmEnvironment {
    return {
      ...parts,
      canDecrypt: (...question) => this.clearKey.canDecrypt(...question),
      createDecryptor: async () => {
        const decryptor = new NativeDecryptor(await this.clearKey.createMediaKeys());
        this.#decryptors = [...this.#livingDecryptors(), decryptor].map((living) => new WeakRef(living));
        return decryptor;
      },
      isPlaying: (decryptor) =>
        decryptor instanceof NativeDecryptor && this.attachments.isPlaying(decryptor.mediaKeys),
      queueTask: this.queueTask,
      createMessageEvent: (messageType, message) =>
        new MediaKeyMessageEvent('message', { messageType, message }),
    };
  }

  #livingDecryptors(): readonly NativeDecryptor[] {
    return this.#decryptors.flatMap((reference) => reference.deref() ?? []);
  }

  #onAdopt(object: object): void {
    const isFairPlay = this.interfaces.ownsMediaKeys(object) && systemOf(object).dialect === 'fairplay';
    if (isFairPlay) this.#hasFairPlayKeys = true;
  }
}
