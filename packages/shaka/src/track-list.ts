import type { MediaTrack, Quality, UnusableReason } from '@secure-player/core';

import type { KeyLimit } from './key-guard.js';
import type { ShakaAudioTrack, ShakaPlayer, ShakaTextTrack, ShakaTrack } from './shaka-namespace.js';
import { audioKindOf, tellingRolesFirst, textKindOf } from './track-kind.js';

/** Ids as the page sees them: what makes a track itself, so that they survive a reload of the same title. */
const qualityIdOf = ({ height, width, videoBandwidth, bandwidth }: ShakaTrack) =>
  `${width ?? 0}x${height ?? 0}@${videoBandwidth ?? bandwidth}`;
/** All that Shaka tells the tracks of a title apart by. */
const audioIdOf = (track: ShakaAudioTrack) =>
  [
    track.language,
    track.originalLanguage,
    track.label,
    track.roles.join(),
    track.channelsCount,
    track.spatialAudio ? 'spatial' : '',
    track.codecs,
    track.accessibilityPurpose,
  ].join('|');
const textIdOf = ({ id }: ShakaTextTrack) => String(id);

/**
 * The tracks of a title, as a page wants them: one entry per rendition, whatever the number of languages.
 *
 * Shaka stops listing a rendition when its key cannot be used, and also for a while when the machine drops its frames. A
 * viewer wants to see that it exists, and why they cannot have it, so renditions once seen stay until the next load; a
 * reason is given only where keys are to blame.
 */
export class TrackList {
  readonly #player: ShakaPlayer;
  readonly #seen = new Map<string, Quality>();
  readonly #unusable = new Map<string, UnusableReason>();
  /** Whether the viewer keeps to one rendition. */
  #isChosen = false;

  constructor(player: ShakaPlayer) {
    this.#player = player;
  }

  /** Best first. */
  qualities(): Quality[] {
    this.#look();

    return [...this.#seen.values()]
      .map((quality) => {
        const unusableReason = this.#unusable.get(quality.id);
        return unusableReason ? { ...quality, unusableReason } : quality;
      })
      .sort((a, b) => (b.height ?? 0) - (a.height ?? 0) || b.bandwidth - a.bandwidth);
  }

  /**
   * Call this just before Shaka filters renditions by their keys, and what it returns just after: the renditions that
   * went in between lack a usable key, those that came have one again.
   */
  beforeKeyFilter(): (reason: UnusableReason) => void {
    const before = this.#look();

    return (reason) => {
      const after = this.#look();
      for (const id of before) if (!after.has(id)) this.#unusable.set(id, reason);
      for (const id of after) if (!before.has(id)) this.#unusable.delete(id);
    };
  }

  /** Says which renditions have keys that can be used: by what is known of each, or else by the bounds on the height. */
  markLimit({ minHeight, maxHeight, reason, reasons }: KeyLimit): void {
    const listed = this.#look();
    for (const { id, height } of this.#seen.values()) {
      const known = reasons.get(height ?? 0);
      const isOutside = (height ?? 0) > maxHeight || (height ?? 0) < minHeight;
      const unusable = known ?? (isOutside && known === undefined ? reason : null);

      if (unusable) this.#unusable.set(id, unusable);
      else if (known === null || (!isOutside && listed.has(id))) this.#unusable.delete(id);
    }
  }

  /** Takes note of what Shaka lists now, and returns the ids. */
  #look(): Set<string> {
    const listed = new Set<string>();
    for (const track of this.#player.getVariantTracks()) {
      if (!track.height) continue;

      const id = qualityIdOf(track);
      listed.add(id);
      if (!this.#seen.has(id)) this.#seen.set(id, toQuality(id, track));
    }

    return listed;
  }

  /**
   * The rendition of a picture that is `height` lines high, or else the one that is being fetched. What is on screen may be
   * a rendition that Shaka no longer lists, out of what was fetched before.
   */
  current(height: number): Quality | null {
    this.#look();
    const active = this.#seen.get(this.activeId() ?? '') ?? null;
    if (active?.height === height) return active;

    return [...this.#seen.values()].find((quality) => quality.height === height) ?? active;
  }

  /** The id of the rendition that is being fetched. */
  activeId(): string | null {
    const active = this.#player.getVariantTracks().find((track) => track.active);
    return active ? qualityIdOf(active) : null;
  }

  audioTracks(): MediaTrack[] {
    return this.#player.getAudioTracks().map((track) => ({
      id: audioIdOf(track),
      language: track.language,
      label: track.label,
      kind: audioKindOf(track),
      channels: track.channelsCount ?? undefined,
      active: track.active,
    }));
  }

  /** Without those that are forced: they come with the language that is heard, and nobody chooses them. */
  textTracks(): MediaTrack[] {
    return this.#captions().map((track) => ({
      id: textIdOf(track),
      language: track.language,
      label: track.label,
      kind: textKindOf(track),
      active: track.active,
    }));
  }

  selectQuality(id: string | null): void {
    this.#look();
    if (id !== null && !this.#seen.has(id)) return;

    // Once adaptation is off Shaka lists what it had set aside for dropped frames, too: a viewer may want it all the same.
    this.#player.configure({ abr: { enabled: id === null } });

    const candidates = this.#player.getVariantTracks();
    const active = candidates.find((track) => track.active);
    const matches = candidates.filter((track) => qualityIdOf(track) === id);
    const track =
      matches.find(({ audioId }) => audioId === active?.audioId) ??
      matches.find(({ language }) => language === active?.language) ??
      matches[0];

    if (track) this.#player.selectVariantTrack(track, true);
    if (track || id === null) this.#isChosen = id !== null;
    else this.#player.configure({ abr: { enabled: !this.#isChosen } });
  }

  /**
   * Drops what was fetched, and fetches anew from the playhead on: in the rendition that there is now, or in the best one
   * left where Shaka no longer lists that. After a change of its configuration Shaka means to do so by itself, but by then
   * has nothing new to choose from, and keeps what it has fetched.
   */
  refetch(): void {
    const listed = this.#player.getVariantTracks();
    const track = listed.find((candidate) => candidate.active) ?? this.#bestOf(listed);
    if (!track) return;

    // Shaka warns of a choice that its own adaptation may undo.
    this.#player.configure({ abr: { enabled: false } });
    this.#player.selectVariantTrack(track, true);
    this.#player.configure({ abr: { enabled: !this.#isChosen } });
  }

  #bestOf(listed: readonly ShakaTrack[]): ShakaTrack | undefined {
    const language = this.#player.getAudioTracks().find((track) => track.active)?.language;
    const heard = listed.filter((track) => track.language === language);

    return [...(heard.length > 0 ? heard : listed)].sort((a, b) => b.bandwidth - a.bandwidth)[0];
  }

  selectAudioTrack(id: string): void {
    const track = this.#player.getAudioTracks().find((candidate) => audioIdOf(candidate) === id);
    if (!track) return;

    this.#player.selectAudioTrack({ ...track, roles: tellingRolesFirst(track.roles) });
    // Shaka takes the forced ones of the new language, but keeps the old where that has none.
    if (this.#player.getTextTracks().some(({ active, forced }) => active && forced)) this.#showForced(track);
  }

  /** Null for no more than what is forced in the language that is heard. */
  selectTextTrack(id: string | null): void {
    const track = this.#captions().find((candidate) => textIdOf(candidate) === id);
    if (track) this.#player.selectTextTrack(track);
    else this.#showForced(this.#player.getAudioTracks().find(({ active }) => active));
  }

  #captions(): ShakaTextTrack[] {
    return this.#player.getTextTracks().filter(({ forced }) => !forced);
  }

  #showForced(heard: ShakaAudioTrack | undefined): void {
    const language = heard?.language ?? '';
    const candidates = this.#player
      .getTextTracks()
      .filter((track) => track.forced && primaryOf(track.language) === primaryOf(language));
    const track = candidates.find((candidate) => candidate.language === language) ?? candidates[0];
    this.#player.selectTextTrack(track ?? null);
  }
}

/** The language of a tag, without script and region. */
function primaryOf(tag: string): string | undefined {
  return tag.split('-')[0];
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
