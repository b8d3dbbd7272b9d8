import type { MissingPart } from './missing-parts.js';

/**
 * How large a title becomes. What has come is counted; what is missing is known by its range, or guessed by the bit rate of
 * the manifest, which is put right by how far it was off for what has come.
 */
export class SizeEstimate {
  #received: number;
  /** Of what came by guess: the guesses, and what it was. */
  #guessed = 0;
  #came = 0;
  #missingGuess = 0;
  #missingKnown = 0;
  /** Files whose length is not known yet. */
  readonly #openFiles = new Map<string, number>();

  constructor(missing: readonly MissingPart[], receivedBytes: number) {
    this.#received = receivedBytes;
    for (const part of missing) this.expectMore(part);
  }

  get receivedBytes(): number {
    return this.#received;
  }

  get totalBytes(): number {
    return Math.round(this.#received + this.#missingKnown + this.#missingGuess * this.#scale);
  }

  /** How many bytes a part is going to be, about. */
  expect(part: MissingPart): number {
    const { range, resource } = part;
    return range ? range.end - range.start + 1 : resource.expectedBytes * this.#scale;
  }

  /** A part has come. */
  take(
    part: MissingPart,
    { length, fileBytes }: { readonly length: number; readonly fileBytes: number | null },
  ): void {
    const { range, resource } = part;
    this.#received += length;
    if (this.#openFiles.has(resource.url)) {
      this.#missingGuess -= this.#openFiles.get(resource.url) ?? 0;
      this.#openFiles.delete(resource.url);
      if (fileBytes !== null) this.#missingKnown += fileBytes - length;
    } else if (range) {
      this.#missingKnown -= range.end - range.start + 1;
    } else {
      this.#missingGuess -= resource.expectedBytes;
      this.#guessed += resource.expectedBytes;
      this.#came += length;
    }
  }

  /** A part is missing, too. */
  expectMore({ range, resource, isProbe }: MissingPart): void {
    if (isProbe) {
      this.#openFiles.set(resource.url, resource.expectedBytes);
      this.#missingGuess += resource.expectedBytes;
    } else if (range) {
      this.#missingKnown += range.end - range.start + 1;
    } else {
      this.#missingGuess += resource.expectedBytes;
    }
  }

  get #scale(): number {
    return this.#guessed > 0 && this.#came > 0 ? this.#came / this.#guessed : 1;
  }
}
