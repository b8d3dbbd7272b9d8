import type { MediaTrack, Quality, UnusableReason } from '@secure-player/core';

import type { ShakaAudioTrack, ShakaPlayer, ShakaTextTrack, ShakaTrack } from './shaka-namespace.js';

/** Ids as the page sees them: what makes a track itself, so that they survive a reload of the same title. */
const qualityIdOf = ({ height, width, videoBandwidth, bandwidth }: ShakaTrack) =>
  `${width ?? 0}x${height ?? 0}@${videoBandwidth ?? bandwidth}`;
const audioIdOf = ({ language, label, roles }: ShakaAudioTrack) =>
  [language, label ?? '', ...roles].join('|');
const textIdOf = ({ id }: ShakaTextTrack) => String(id);

/**
 * The tracks of a title, as a page wants them: one entry per rendition, whatever the number of languages.
 *
 * Shaka stops listing a rendition when its key cannot be used. A viewer wants to see that it exists, and why they cannot
 * have it, so renditions once seen stay until the next load.
 */
export class TrackList {
  readonly #player: ShakaPlayer;
  readonly #seen = new Map<string, Quality>();

  constructor(player: ShakaPlayer) {
    this.#player = player;
  }

  /** Best first. */
  qualities(reasonForMissing: UnusableReason | undefined): Quality[] {
    const usable = new Set<string>();
    for (const track of this.#player.getVariantTracks()) {
      if (!track.height) continue;

      const id = qualityIdOf(track);
      usable.add(id);
      this.#seen.set(id, this.#seen.get(id) ?? toQuality(id, track));
    }

    return [...this.#seen.values()]
      .map((quality) =>
        usable.has(quality.id) ? quality : { ...quality, unusableReason: reasonForMissing ?? 'key-missing' },
      )
      .sort((a, b) => (b.height ?? 0) - (a.height ?? 0) || b.bandwidth - a.bandwidth);
  }

  /** The rendition of a picture that is `height` lines high, or else the one that is being fetched. */
  current(height: number): Quality | null {
    const tracks = this.#player.getVariantTracks();
    const active = tracks.find((track) => track.active);
    const shown = active?.height === height ? active : tracks.find((track) => track.height === height);
    const track = shown ?? active;

    return track?.height
      ? (this.#seen.get(qualityIdOf(track)) ?? toQuality(qualityIdOf(track), track))
      : null;
  }

  audioTracks(): MediaTrack[] {
    return this.#player.getAudioTracks().map((track) => ({
      id: audioIdOf(track),
      language: track.language,
      label: track.label,
      kind: track.roles[0] ?? null,
      active: track.active,
    }));
  }

  textTracks(): MediaTrack[] {
    return this.#player.getTextTracks().map((track) => ({
      id: textIdOf(track),
      language: track.language,
      label: track.label,
      kind: track.kind,
      active: track.active,
    }));
  }

  selectQuality(id: string | null): void {
    const candidates = this.#player.getVariantTracks();
    const active = candidates.find((track) => track.active);
    const matches = candidates.filter((track) => qualityIdOf(track) === id);
    const track = matches.find(({ language }) => language === active?.language) ?? matches[0];

    if (id !== null && !track) return;

    this.#player.configure({ abr: { enabled: id === null } });
    if (track) this.#player.selectVariantTrack(track, true);
  }

  selectAudioTrack(id: string): void {
    const track = this.#player.getAudioTracks().find((candidate) => audioIdOf(candidate) === id);
    if (track) this.#player.selectAudioTrack(track);
  }

  selectTextTrack(id: string | null): void {
    const track = this.#player.getTextTracks().find((candidate) => textIdOf(candidate) === id);
    this.#player.selectTextTrack(track ?? null);
  }
}

function toQuality(id: string, track: ShakaTrack): Quality {
  return Object.freeze({
    id,
    width: track.width,
    height: track.height,
    bandwidth: track.bandwidth,
    frameRate: track.frameRate,
    codecs: track.videoCodec,
  });
}
