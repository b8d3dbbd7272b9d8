import { loadKeyIdReader, PlaybackError, type ResolvedSource } from '@secure-player/core';

import { loadInitDataTransform } from './one-license-request.js';
import type { InitDataTransform, ShakaRequest } from './shaka-namespace.js';

/** Reads which keys a license request is for; none where its init data cannot be read. */
export type RequestedKeyIds = (request: Pick<ShakaRequest, 'initData' | 'initDataType'>) => readonly string[];

/** What is done with the init data of a title. */
export interface InitDataForms {
  readonly keyIdsOf: RequestedKeyIds;
  /** Undefined where every byte stays. */
  readonly transform: InitDataTransform | undefined;
}

/**
 * Loads what reads and rewrites the init data of a key system: each has a form of its own.
 *
 * @throws PlaybackError `engine-unavailable` where the code cannot be had.
 */
export async function loadInitDataForms(
  chosen: ResolvedSource['keySystems'][number] | null,
  source: ResolvedSource,
): Promise<InitDataForms> {
  if (!chosen) return { keyIdsOf: () => [], transform: undefined };

  try {
    const [read, transform] = await Promise.all([
      loadKeyIdReader(chosen.name),
      chosen.configuration.keys ? undefined : loadInitDataTransform(chosen, source),
    ]);
    const keyIdsOf: RequestedKeyIds = ({ initData, initDataType }) =>
      initData && initDataType ? read({ type: initDataType, bytes: initData }) : [];

    return { keyIdsOf, transform };
  } catch (cause) {
    throw new PlaybackError('engine-unavailable', { cause });
  }
}
