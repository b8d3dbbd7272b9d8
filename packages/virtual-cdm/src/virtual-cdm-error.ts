/**
 * What the user of the virtual CDM did wrong:
 *
 * - `invalid-options`: an option, a step or a reason that there is not. Nothing was changed.
 * - `already-installed`: a virtual CDM is in this page. `uninstall()` it first.
 * - `not-supported`: the place lacks what the virtual CDM stands on, such as Clear Key or Web Crypto.
 * - `unknown-key`: no session has a key of this id.
 */
export type VirtualCdmErrorCode = 'invalid-options' | 'already-installed' | 'not-supported' | 'unknown-key';

const BRAND = Symbol.for('@secure-player/virtual-cdm-error');

/**
 * The error of the virtual CDM's own API, for the developer of a test. What a page gets from EME is never this, but the
 * DOMException or TypeError that EME names. The message says what to do, and holds no key.
 */
export class VirtualCdmError extends Error {
  override readonly name = 'VirtualCdmError';
  readonly code: VirtualCdmErrorCode;

  constructor(code: VirtualCdmErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** Whether a value is a {@link VirtualCdmError}, also one of another copy of this package. */
export function isVirtualCdmError(value: unknown): value is VirtualCdmError {
  return typeof value === 'object' && value !== null && BRAND in value;
}
