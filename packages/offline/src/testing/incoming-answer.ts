import type { IncomingAnswer } from '../packs/pack-log.js';
import { seededBytes } from './seeded-random.js';

/** An answer as it comes from the network: a whole file, where `start` and `fileBytes` say nothing else. */
export async function incomingAnswer(
  url: string,
  data: Uint8Array<ArrayBuffer> = seededBytes(10, url.length),
  {
    start = 0,
    fileBytes = data.byteLength,
  }: { readonly start?: number; readonly fileBytes?: number | null } = {},
): Promise<IncomingAnswer> {
  return {
    url,
    start,
    end: start + data.byteLength - 1,
    isWhole: start === 0 && fileBytes === data.byteLength,
    fileBytes,
    data,
    sha256: await crypto.subtle.digest('SHA-256', data),
    etag: null,
    contentType: null,
    finalUrl: url,
  };
}
