import type { CDPSession, Page } from '@playwright/test';

/** What is left on a page's heap after everything that can be collected was. */
export interface HeapReading {
  readonly bytes: number;
  readonly detachedVideos: number;
  readonly mediaKeys: number;
  readonly mediaSources: number;
  /** Shaka's players, told by a method that its builds keep the name of. */
  readonly engines: number;
}

/** Reads the heap by the browser's own debugger, which collects first. */
export async function readHeap(page: Page): Promise<HeapReading> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const count = (prototype: string, test: string) => countObjects(session, prototype, test);

  const reading = {
    detachedVideos: await count('HTMLVideoElement.prototype', '(video) => !video.isConnected'),
    mediaKeys: await count('MediaKeys.prototype', '() => true'),
    mediaSources: await count('MediaSource.prototype', '() => true'),
    engines: await count(
      'Object.prototype',
      `(object) => {
        const holder = Object.getPrototypeOf(object);
        return holder !== null && Object.hasOwn(holder, 'getNetworkingEngine');
      }`,
    ),
  };
  // Twice: what a finalizer lets go of is collected by the next.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();

  return { ...reading, bytes: usedSize };
}

async function countObjects(session: CDPSession, prototype: string, test: string): Promise<number> {
  const objectGroup = 'counted';
  const { result } = await session.send('Runtime.evaluate', { expression: prototype, objectGroup });
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
    objectGroup,
  });
  const { result: counted } = await session.send('Runtime.callFunctionOn', {
    functionDeclaration: `function () { return this.filter(${test}).length; }`,
    objectId: objects.objectId ?? '',
    returnByValue: true,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });

  return counted.value as number;
}
