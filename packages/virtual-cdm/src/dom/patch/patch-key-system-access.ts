import { toDOMString } from '../../webidl/to-dom-string.js';
import type { PageCdm } from '../page-cdm.js';
import type { Call, PatchSet } from './patch-set.js';

/** Lets `navigator.requestMediaKeySystemAccess` answer for the virtual key systems; all others go to what was there. */
export function patchKeySystemAccess(patches: PatchSet, page: PageCdm): void {
  const make =
    (original: Call): Call =>
    (self, args) => {
      const isComplete = self === navigator && args.length >= 2;
      if (!page.isActive || !isComplete) return original(self, args);

      const [keySystem, ...rest] = args;
      let name: string;
      try {
        // WebIDL reads it once, and so may be read only once: a page's `toString()` can tell.
        name = toDOMString(keySystem);
      } catch (error) {
        return Promise.reject(error);
      }
      const passOn = () => original(self, [name, ...rest]);
      return page.cdm.handles(name) ? request(page, name, rest[0], passOn) : passOn();
    };

  patches.method(Navigator.prototype, 'requestMediaKeySystemAccess', make);
  // A polyfill that ran before may have put one of its own on the object, where it hides the prototype's.
  patches.method(navigator, 'requestMediaKeySystemAccess', make);
}

async function request(
  page: PageCdm,
  keySystem: string,
  configurations: unknown,
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
