import { toDOMString } from '../../webidl/to-dom-string.js';
import type { PageCdm } from '../page-cdm.js';
import type { PatchSet, PlatformFunction } from './patch-set.js';

/** Lets `navigator.requestMediaKeySystemAccess` answer for the virtual key systems; all others go to what was there. */
export function patchKeySystemAccess(patches: PatchSet, page: PageCdm): void {
  const make = (original: PlatformFunction): PlatformFunction =>
    ({
      requestMediaKeySystemAccess(this: unknown, ...args: unknown[]): unknown {
        const passOn = (): unknown => Reflect.apply(original, this, args);
        if (!page.isActive || this !== navigator || args.length < 2) return passOn();

        try {
          // WebIDL reads it once, and so may be read only once: a page's `toString()` can tell.
          args[0] = toDOMString(args[0]);
        } catch (error) {
          return Promise.reject(error);
        }
        return page.cdm.handles(args[0] as string) ? request(page, args, passOn) : passOn();
      },
    }).requestMediaKeySystemAccess;

  patches.method(Navigator.prototype, 'requestMediaKeySystemAccess', make);
  // A polyfill that ran before may have put one of its own on the object, where it hides the prototype's.
  patches.method(navigator, 'requestMediaKeySystemAccess', make);
}

async function request(
  page: PageCdm,
  [keySystem, configurations]: unknown[],
  passOn: () => unknown,
): Promise<unknown> {
  // Called at once, as it reads what the page may change later.
  const [granted, allowed] = await Promise.allSettled([
    page.cdm.requestMediaKeySystemAccess(keySystem, configurations),
    page.clearKey.access(),
  ]);
  if (allowed.status === 'rejected') {
    // Above all the SecurityError of a permissions policy, which the platform puts before or after others of its errors.
    await passOn();
    throw allowed.reason;
  }
  if (granted.status === 'rejected') throw granted.reason;

  return page.interfaces.adopt(granted.value);
}
