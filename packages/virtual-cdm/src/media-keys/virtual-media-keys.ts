import { compareHdcp, isHdcpLevel } from '@secure-player/protocol';

import type { SupportedConfiguration } from '../access/configuration.js';
import type { CdmInstance } from '../cdm/cdm-instance.js';
import type { VirtualCdm } from '../cdm/virtual-cdm.js';
import type { Decryptor } from '../decryptor/decryptor.js';
import { readServiceCertificate } from '../dialect/read-service-certificate.js';
import type { KeyStatus } from '../session/key-status.js';
import { VirtualMediaKeySession } from '../session/virtual-media-key-session.js';
import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';
import { defineInterface } from '../webidl/define-interface.js';
import { createException } from '../webidl/exception.js';
import { toBufferSource } from '../webidl/to-buffer-source.js';
import { toDOMString } from '../webidl/to-dom-string.js';
import { toEnum } from '../webidl/to-enum.js';

/** EME's `MediaKeySessionType`, with the one that it had until 2021 where a key system has it. */
const SESSION_TYPES = ['temporary', 'persistent-license'] as const;

const instances = new WeakMap<VirtualMediaKeys, CdmInstance>();

/** EME's MediaKeys. */
export class VirtualMediaKeys {
  readonly #cdm: VirtualCdm;
  readonly #instance: CdmInstance;
  readonly #configuration: SupportedConfiguration;

  constructor(cdm: VirtualCdm, instance: CdmInstance, configuration: SupportedConfiguration) {
    this.#cdm = cdm;
    this.#instance = instance;
    this.#configuration = configuration;
    instances.set(this, instance);
  }

  createSession(sessionType: unknown = 'temporary'): VirtualMediaKeySession {
    const { sessionTypes } = this.#instance.system;
    const known: readonly VirtualSessionType[] = sessionTypes.includes('persistent-usage-record')
      ? [...SESSION_TYPES, 'persistent-usage-record']
      : SESSION_TYPES;
    const type = toEnum(sessionType, known, 'MediaKeySessionType');
    if (!this.#configuration.sessionTypes.includes(type)) {
      throw createException('NotSupportedError', 'The configuration does not name this session type.');
    }
    if (this.#instance.isBroken) {
      throw createException('InvalidStateError', 'The CDM is not available any more.');
    }

    return new VirtualMediaKeySession(this.#cdm, this.#instance, type);
  }

  async getStatusForPolicy(policy: unknown = {}): Promise<KeyStatus> {
    const level = toMinHdcpVersion(policy);
    if (level === undefined) throw new TypeError('The policy has no member that is known.');
    // Clear Key: "implementations should always resolve promise with usable".
    if (this.#instance.device === null) return 'usable';

    return compareHdcp(this.#instance.display, level) >= 0 ? 'usable' : 'output-restricted';
  }

  async setServerCertificate(serverCertificate: unknown): Promise<boolean> {
    const bytes = toBufferSource(serverCertificate);
    const { device, system } = this.#instance;
    // EME would have `false` come first; browsers and the public conformance tests have it this way round.
    if (bytes.length === 0) throw new TypeError('The server certificate must not be empty.');
    if (!device || system.serverCertificate === 'unsupported') return false;

    const byteLength = bytes.length;
    const call = { system, instance: this.#instance, step: 'set-server-certificate', byteLength } as const;
    return this.#cdm.call(call, async () => {
      device.serviceCertificate = await readServiceCertificate(bytes, device.root);
      return true;
    });
  }
}

defineInterface(VirtualMediaKeys, 'MediaKeys');

/** The CDM behind a MediaKeys. */
export function instanceOf(mediaKeys: VirtualMediaKeys): CdmInstance {
  const instance = instances.get(mediaKeys);
  if (!instance) throw new TypeError('Illegal invocation');

  return instance;
}

/** What decrypts for a MediaKeys. */
export function decryptorOf(mediaKeys: VirtualMediaKeys): Decryptor {
  return instanceOf(mediaKeys).decryptor;
}

/** The key system of a MediaKeys. */
export function systemOf(mediaKeys: VirtualMediaKeys): VirtualSystem {
  return instanceOf(mediaKeys).system;
}

function toMinHdcpVersion(policy: unknown) {
  if (policy === null || policy === undefined) return undefined;
  if (typeof policy !== 'object' && typeof policy !== 'function') {
    throw new TypeError('The policy is not a MediaKeysPolicy.');
  }

  const version: unknown = Reflect.get(policy, 'minHdcpVersion');
  if (version === undefined) return undefined;

  const level = toDOMString(version);
  // No version is no demand: so say the public conformance tests.
  if (level === '') return 'none';
  if (!isHdcpLevel(level) || level === 'none') throw new TypeError('There is no such HDCP version.');
  return level;
}
