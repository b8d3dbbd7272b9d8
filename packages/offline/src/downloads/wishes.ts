import type { Source } from '@secure-player/core';

import { packName } from '../packs/pack-name.js';
import type { TitleRow } from '../titles/title-row.js';
import type { DownloadPreferences, StartOptions } from './downloads.js';

/** A title that was not here before. */
export async function newTitle(
  source: Source & { readonly id: string },
  { priority = 0, ...preferences }: StartOptions,
  addedAt: number,
): Promise<TitleRow> {
  return {
    id: source.id,
    intent: 'download',
    source,
    preferences: withoutUndefined(preferences),
    priority,
    addedAt,
    generation: 1,
    pack: await packName(source.id, 1),
    lastPack: null,
    isComplete: false,
    wasComplete: false,
    receivedBytes: 0,
    plan: null,
    error: null,
  };
}

/**
 * A title that is here and is wanted again: it goes on, by what the page says of it now. Where other tracks are wanted it
 * begins anew, beside what is whole.
 *
 * @param nextPack of the next generation
 */
export function wantAgain(
  row: TitleRow,
  source: Source,
  { priority = row.priority, ...options }: StartOptions,
  nextPack: string,
): TitleRow {
  const preferences = withoutUndefined(options);
  const isSame =
    Object.keys(preferences).length === 0 || JSON.stringify(preferences) === JSON.stringify(row.preferences);
  const wanted: TitleRow = { ...row, intent: 'download', source, priority, error: null };
  if (isSame) return wanted;

  return {
    ...wanted,
    preferences,
    generation: row.generation + 1,
    pack: nextPack,
    lastPack: row.wasComplete ? row.pack : row.lastPack,
    isComplete: false,
    wasComplete: false,
    receivedBytes: 0,
    plan: null,
  };
}

/** A part of it is not what was stored: that part is fetched again. */
export function wantRepair(row: TitleRow, pack: string, damagedBytes: number): TitleRow | undefined {
  if (row.pack !== pack || row.intent === 'remove') return undefined;
  return {
    ...row,
    intent: 'download',
    isComplete: false,
    receivedBytes: Math.max(row.receivedBytes - damagedBytes, 0),
  };
}

function withoutUndefined(preferences: DownloadPreferences): DownloadPreferences {
  return Object.fromEntries(Object.entries(preferences).filter(([, value]) => value !== undefined));
}
