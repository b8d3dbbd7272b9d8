import { VirtualCdmError } from '../virtual-cdm-error.js';
import { clearkey } from './clearkey.js';
import { createSystem, type SystemOverrides } from './create-system.js';
import { fairplay } from './fairplay.js';
import { playready } from './playready.js';
import type { DialectName, VirtualSystem } from './virtual-system.js';
import { widevine } from './widevine.js';

/** What {@link system} must be told, and can be. */
export type SystemOptions = SystemOverrides & Pick<VirtualSystem, 'keySystem' | 'dialect'>;

const MODELS: Readonly<Record<DialectName, () => VirtualSystem>> = {
  clearkey,
  widevine,
  playready,
  fairplay,
};

/**
 * Any other key system: what the dialect's own has by default, under this name alone and with these changes. Its
 * robustness levels may have any names.
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function system({ dialect, ...overrides }: SystemOptions): VirtualSystem {
  if (!Object.hasOwn(MODELS, dialect)) {
    throw new VirtualCdmError(
      'invalid-options',
      `\`dialect\` must be one of ${Object.keys(MODELS).join(', ')}.`,
    );
  }

  // Undefined would leave the model's own name.
  return createSystem({ ...MODELS[dialect](), aliases: [], keySystem: '' }, overrides);
}
