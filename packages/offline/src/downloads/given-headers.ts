import type { DrmConfiguration, KeySystemConfiguration, Source } from '@secure-player/core';

/** Fixed headers of license requests, by key system. */
export type LicenseHeaders = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Fixed headers that pages have given with the titles of this site. They carry credentials, and are of whoever is signed in:
 * tabs know them for as long as they live, and nothing of them is written.
 */
export class GivenHeaders {
  readonly #byTitle = new Map<string, LicenseHeaders>();

  note(id: string, headers: LicenseHeaders): void {
    this.#byTitle.set(id, headers);
  }

  /** A source that was kept, with what is known of it. */
  addTo(source: Source): Source {
    const headers = source.id === undefined ? undefined : this.#byTitle.get(source.id);
    if (!headers || !source.drm) return source;

    const drm = Object.entries(source.drm).map(([name, configuration]) => {
      const given = headers[name];
      return [name, given && configuration ? { ...configuration, headers: { ...given } } : configuration];
    });
    return { ...source, drm: Object.fromEntries(drm) as DrmConfiguration };
  }
}

/** The headers that a page gives; `null` where it gives none. */
export function headersOf({ drm }: Source): LicenseHeaders | null {
  const entries = Object.entries<KeySystemConfiguration | undefined>(drm ?? {}).flatMap(
    ([name, configuration]) =>
      configuration?.headers === undefined ? [] : [[name, { ...configuration.headers }] as const],
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
