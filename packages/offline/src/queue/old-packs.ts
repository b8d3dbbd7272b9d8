import type { TitleRow } from '../titles/title-row.js';

/** Notices which packs titles have left behind: another version is wanted, or has come. */
export class OldPacks {
  readonly #named = new Map<string, readonly string[]>();

  /** The packs that this title had when it was looked at last, and has no more. */
  leftBy({ id, pack, lastPack }: TitleRow): string[] {
    const named = lastPack === null ? [pack] : [pack, lastPack];
    const left = (this.#named.get(id) ?? []).filter((name) => !named.includes(name));
    this.#named.set(id, named);
    return left;
  }

  forget(id: string): void {
    this.#named.delete(id);
  }
}
