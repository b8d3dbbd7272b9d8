import { AnswerIndex } from '../answers/answer-index.js';
import type { DownloadsDatabase } from '../index-database/downloads-database.js';
import { findPacks, PACKS_SETTING } from '../packs/find-packs.js';
import type { Packs } from '../packs/packs.js';
import { ExtraUrls } from '../playback/extra-urls.js';
import type { ExtraAddresses } from '../plan/extras.js';
import { playablePack, type TitleRow } from '../titles/title-row.js';
import { TitleShelf } from '../titles/title-shelf.js';
import { DownloadList } from './download-list.js';
import type { ManagerTools } from './manager-tools.js';
import { TitleOpener } from './title-opener.js';

export const METERED = 'isMeteredAllowed';

export interface RoomListener {
  /** The index was taken away. */
  onClosed(): void;
  onChange(id: string, isOwn: boolean): void;
}

/** All that a tab has open: the index, and what it makes of it. */
export class ManagerRoom {
  readonly database: DownloadsDatabase;
  readonly index: AnswerIndex;
  readonly shelf: TitleShelf;
  readonly list: DownloadList;
  readonly opener: TitleOpener;
  readonly #extras: ExtraUrls;
  #packs: Packs | null = null;
  #isMeteredAllowed = false;

  private constructor(database: DownloadsDatabase, tools: ManagerTools, listener: RoomListener) {
    const { licenses, completeSource, network } = tools;
    this.database = database;
    this.index = new AnswerIndex(database);
    this.shelf = new TitleShelf(database, (id, isOwn) => listener.onChange(id, isOwn));
    const packs = () => this.#findPacks();
    this.#extras = new ExtraUrls({ index: this.index, packs });
    this.list = new DownloadList({ licenses, extras: this.#extras, completeSource });
    this.opener = new TitleOpener({
      shelf: this.shelf,
      index: this.index,
      packs,
      licenses,
      isOnline: () => network.isOnline(),
    });
  }

  static async open(tools: ManagerTools, listener: RoomListener): Promise<ManagerRoom> {
    const database = await tools.openDatabase(() => listener.onClosed());
    const room = new ManagerRoom(database, tools, listener);
    await Promise.all([room.shelf.load(), tools.licenses.start(), room.readSettings()]);
    return room;
  }

  get isMeteredAllowed(): boolean {
    return this.#isMeteredAllowed;
  }

  /** Whether anything was ever stored here. */
  async wasUsed(): Promise<boolean> {
    return (await this.database.get('settings', PACKS_SETTING)) !== undefined;
  }

  async readSettings(): Promise<void> {
    this.#isMeteredAllowed = (await this.database.get('settings', METERED)) === true;
  }

  /** Posters and thumbnails of what is here. A title without them is one all the same. */
  async loadExtras(): Promise<void> {
    const rows = this.shelf.list().filter(hasExtras);
    await Promise.all(rows.map((row) => this.#extras.load(playablePack(row), row.source).catch(() => false)));
    // As it is by now: reading takes its time.
    this.#extras.keepOnly(
      this.shelf.list().flatMap(({ pack, lastPack }) => (lastPack === null ? [pack] : [pack, lastPack])),
    );
  }

  /** Those of one title, without waiting for all others. `null` where it is not here. */
  async findExtras(id: string): Promise<ExtraAddresses | null> {
    const row = this.shelf.get(id);
    if (!row || row.intent === 'remove' || !hasExtras(row)) return null;

    const pack = playablePack(row);
    await this.#extras.load(pack, row.source);
    return this.#extras.get(pack);
  }

  /** The same each time, so that their folder is opened once. Before anything was stored it is not known which they are. */
  async #findPacks(): Promise<Packs> {
    if (this.#packs) return this.#packs;

    const isChosen = await this.wasUsed();
    const packs = await findPacks(this.database);
    if (isChosen) this.#packs = packs;
    return packs;
  }

  close(): void {
    this.#extras.keepOnly([]);
    this.database.close();
  }
}

/** They come before the plan does: until then some may be missing. */
function hasExtras({ plan, lastPack }: TitleRow): boolean {
  return plan !== null || lastPack !== null;
}
