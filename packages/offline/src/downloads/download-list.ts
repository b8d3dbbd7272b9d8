import { isSameSource, type Source } from '@secure-player/core';

import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import type { ExtraUrls } from '../playback/extra-urls.js';
import type { LiveStage } from '../queue/live-stage.js';
import { playablePack, type TitleRow } from '../titles/title-row.js';
import type { Download } from './download.js';
import { toDownload, type DownloadParts } from './to-download.js';

interface Entry {
  readonly parts: DownloadParts;
  readonly download: Download;
}

export interface DownloadListTools {
  readonly licenses: Pick<OfflineLicenses, 'get'>;
  readonly extras: Pick<ExtraUrls, 'get'>;
  readonly completeSource: (source: Source) => Source;
}

/** Makes snapshots of downloads; one whose parts have not changed is the same object again. */
export class DownloadList {
  readonly #tools: DownloadListTools;
  readonly #live = new Map<string, LiveStage>();
  readonly #entries = new Map<string, Entry>();
  readonly #sources = new Map<string, Source>();

  constructor(tools: DownloadListTools) {
    this.#tools = tools;
  }

  /** Tells whether it is something new. */
  setLive(id: string, stage: LiveStage | null): boolean {
    const known = this.#live.get(id) ?? null;
    if (JSON.stringify(known) === JSON.stringify(stage)) return false;

    if (stage) this.#live.set(id, stage);
    else this.#live.delete(id);
    return true;
  }

  /** All at once, as another tab tells it. */
  setAllLive(stages: readonly (readonly [string, LiveStage])[]): void {
    this.#live.clear();
    for (const [id, stage] of stages) this.#live.set(id, stage);
  }

  get live(): [string, LiveStage][] {
    return [...this.#live];
  }

  read(rows: readonly TitleRow[]): readonly Download[] {
    return rows.map((row) => this.#read(row));
  }

  #read(row: TitleRow): Download {
    const parts: DownloadParts = {
      row,
      live: this.#live.get(row.id) ?? null,
      license: this.#tools.licenses.get(row.id),
      source: this.#sourceOf(row),
    };
    const known = this.#entries.get(row.id);
    if (known && isSame(known.parts, parts)) return known.download;

    const download = toDownload(parts);
    this.#entries.set(row.id, { parts, download });
    return download;
  }

  #sourceOf(row: TitleRow): Source {
    const { poster, thumbnails } = this.#tools.extras.get(playablePack(row));
    // Asked each time: what a page gives back, such as the headers of whoever is signed in, may be something else by now.
    const source = {
      ...this.#tools.completeSource(row.source),
      ...(poster !== undefined && { poster }),
      ...(thumbnails !== undefined && { thumbnails }),
    };
    const known = this.#sources.get(row.id);
    if (known && isSameSource(known, source)) return known;

    this.#sources.set(row.id, source);
    return source;
  }
}

function isSame(one: DownloadParts, other: DownloadParts): boolean {
  return (
    one.row === other.row &&
    one.live === other.live &&
    one.license === other.license &&
    one.source === other.source
  );
}
