import type { VirtualCdm } from '../cdm/virtual-cdm.js';
import { VirtualMediaKeys } from '../media-keys/virtual-media-keys.js';
import type { VirtualSystem } from '../system/virtual-system.js';
import { defineInterface } from '../webidl/define-interface.js';
import type { SupportedConfiguration } from './configuration.js';

/** EME's MediaKeySystemAccess. Pages get one from `requestMediaKeySystemAccess()`. */
export class VirtualMediaKeySystemAccess {
  readonly #cdm: VirtualCdm;
  readonly #keySystem: string;
  readonly #system: VirtualSystem;
  readonly #configuration: SupportedConfiguration;

  constructor(
    cdm: VirtualCdm,
    keySystem: string,
    system: VirtualSystem,
    configuration: SupportedConfiguration,
  ) {
    this.#cdm = cdm;
    this.#keySystem = keySystem;
    this.#system = system;
    this.#configuration = configuration;
  }

  get keySystem(): string {
    return this.#keySystem;
  }

  /** A new object at each call, as EME has it: what a page does to one does not show in the next. */
  getConfiguration(): SupportedConfiguration {
    return structuredClone(this.#configuration);
  }

  async createMediaKeys(): Promise<VirtualMediaKeys> {
    return this.#cdm.call({ system: this.#system, step: 'create-media-keys' }, async () => {
      const instance = await this.#cdm.createInstance(this.#system, this.#configuration);
      return new VirtualMediaKeys(this.#cdm, instance, this.#configuration);
    });
  }
}

defineInterface(VirtualMediaKeySystemAccess, 'MediaKeySystemAccess');
