import type { PageCdm } from '../page-cdm.js';
import type { PatchSet } from './patch-set.js';

/**
 * Lets media elements take virtual MediaKeys. What they are really given is the native MediaKeys of the decryptor, so the
 * states, the errors and the tasks of `setMediaKeys()` are the platform's.
 */
export function patchMediaElement(patches: PatchSet, page: PageCdm): void {
  patches.method(HTMLMediaElement.prototype, 'setMediaKeys', (original) => {
    return {
      setMediaKeys(this: unknown, ...args: unknown[]): unknown {
        const [mediaKeys] = args;
        const native = page.attachments.nativeOf(mediaKeys);
        if (!page.isActive || !native) return Reflect.apply(original, this, args);

        const attached = Reflect.apply(original, this, [native]) as Promise<void>;
        page.attachments.watch(this, attached);
        return attached;
      },
    }.setMediaKeys;
  });
  patches.accessor(HTMLMediaElement.prototype, 'mediaKeys', ({ get }) => ({
    get: {
      mediaKeys(this: unknown): unknown {
        const native = Reflect.apply(get, this, []);
        return page.isActive ? (page.attachments.virtualOf(native) ?? native) : native;
      },
    }.mediaKeys,
  }));
}
