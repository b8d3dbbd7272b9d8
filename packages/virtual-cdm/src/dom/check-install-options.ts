import { isHdcpLevel } from '@secure-player/protocol';

import { checkSystem } from '../system/check-system.js';
import type { VirtualSystem } from '../system/virtual-system.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';
import type { InstallVirtualCdmOptions } from './install-virtual-cdm.js';

const SESSION_STORE = ['read', 'write', 'remove', 'claim', 'identity', 'storageKey'];

/**
 * Options as one can rely on them, also those that a test runner has sent into the page.
 *
 * @throws VirtualCdmError `invalid-options`, which names the option.
 */
export function checkInstallOptions(options: InstallVirtualCdmOptions): InstallVirtualCdmOptions {
  const { clock, storage = 'indexeddb', display, seed } = options;
  if (display !== undefined && !isHdcpLevel(display)) throw invalid('`display` must be an HDCP version.');
  if (seed !== undefined && typeof seed !== 'string' && typeof seed !== 'number') {
    throw invalid('`seed` must be a number or a string.');
  }
  if (clock !== undefined && !hasMethods(clock, ['now', 'schedule'])) {
    throw invalid('`clock` must be a clock, such as createManualClock() makes.');
  }
  if (storage !== 'indexeddb' && storage !== 'memory' && !hasMethods(storage, SESSION_STORE)) {
    throw invalid("`storage` must be 'indexeddb', 'memory' or a session store.");
  }

  return { ...options, storage, systems: checkSystems(options.systems) };
}

function checkSystems(given: unknown): VirtualSystem[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw invalid('`systems` must list at least one key system, such as widevine().');
  }

  const systems = given.map((system: VirtualSystem) => checkSystem(system));
  const names = systems.flatMap(({ keySystem, aliases }) => [keySystem, ...aliases]);
  if (new Set(names).size < names.length) throw invalid('`systems` has two key systems of one name.');
  return systems;
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

function invalid(message: string): VirtualCdmError {
  return new VirtualCdmError('invalid-options', message);
}
