import { instanceOf } from '../../media-keys/virtual-media-keys.js';
import type { PageCdm } from '../page-cdm.js';
import type { PatchSet } from './patch-set.js';

/**
 * Lets media elements take virtual MediaKeys. What they are really given is the native MediaKeys of the decryptor, so the
 * states, the errors and the tasks of `setMediaKeys()` are the platform's.
 */
export function patchMediaElement(patches: PatchSet, page: PageCdm): void {
  const { prototype } = HTMLMediaElement;
  patches.method(prototype, 'setMediaKeys', (original) => (self, args) => {
    const [mediaKeys] = args;
    const native = page.attachments.nativeOf(mediaKeys);
    if (!page.isActive || !native || !page.interfaces.ownsMediaKeys(mediaKeys)) return original(self, args);

    const instance = instanceOf(mediaKeys);
    const attached = page.cdm.willFail('set-media-keys')
      ? page.cdm.strike('set-media-keys', instance)
      : (original(self, [native]) as Promise<void>);
    page.attachments.watch(self, attached);
    const about = { keySystem: instance.system.keySystem, step: 'set-media-keys' } as const;
    attached.then(
      () => page.cdm.log.add({ type: 'call', ...about }),
      (error: unknown) => page.cdm.log.add({ type: 'call-failed', ...about, error }),
    );
    return attached;
  });
  patches.accessor(prototype, 'mediaKeys', ({ get }) => ({
    get: (self) => {
      const native = get(self, []);
      return page.isActive ? (page.attachments.virtualOf(native) ?? native) : native;
    },
  }));
}
