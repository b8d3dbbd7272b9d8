import { PlaybackError, streamTypeOf, type Source } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { DownloadPreferences } from '../downloads/downloads.js';
import { narrowMpd } from '../manifest/dash/narrow-mpd.js';
import { readMpd } from '../manifest/dash/read-mpd.js';
import { narrowMultivariantPlaylist } from '../manifest/hls/narrow-multivariant-playlist.js';
import { readPlaylistLines } from '../manifest/hls/playlist-line.js';
import { readMediaPlaylist } from '../manifest/hls/read-media-playlist.js';
import {
  isMultivariant,
  readMultivariantPlaylist,
  type PlaylistTrack,
} from '../manifest/hls/read-multivariant-playlist.js';
import { ManifestError } from '../manifest/manifest-error.js';
import type { MediaTrack } from '../manifest/media-track.js';
import type { IncomingAnswer } from '../packs/pack-log.js';
import { chooseTracks } from './choose-tracks.js';
import { orderResources } from './order-resources.js';
import type { TitlePlan } from './planned-title.js';
import { withinCaps } from './within-caps.js';

/** Gets a manifest or a playlist: from the server, or from what is here. */
export type ReadText = (url: string) => Promise<IncomingAnswer>;

/**
 * Reads a title and chooses what is downloaded of it. `source.src` is absolute.
 *
 * @throws PlaybackError `manifest-invalid`, `manifest-unsupported`, `download-unsupported` for what is live or what the
 * preferences leave nothing of; and whatever `read` rejects with.
 */
export async function planTitle(
  source: Pick<Source, 'src' | 'type' | 'caps'>,
  preferences: DownloadPreferences,
  read: ReadText,
): Promise<TitlePlan> {
  const type = streamTypeOf(source.src, source.type);
  if (type === null)
    throw new PlaybackError('source-invalid', { message: '`source.type` must be "dash" or "hls".' });

  const answer = await read(source.src);
  const wish = { preferences, caps: source.caps };
  try {
    const plan = type === 'dash' ? planDash(answer, wish) : await planHls(answer, wish, read);
    if (plan.resources.length === 0) {
      throw new PlaybackError('download-unsupported', {
        message: 'None of the tracks of the title was chosen.',
      });
    }
    return plan;
  } catch (error) {
    throw error instanceof ManifestError ? toPlaybackError(error) : error;
  }
}

/** What is to be chosen, and within what. */
interface Wish {
  readonly preferences: DownloadPreferences;
  readonly caps: Source['caps'];
}

function planDash(answer: IncomingAnswer, { preferences, caps }: Wish): TitlePlan {
  const text = new TextDecoder().decode(answer.data);
  const tracks = withinCaps(readMpd(text, answer.finalUrl).tracks, caps);
  const chosen = chooseTracks(tracks, preferences);
  const narrowed = narrowMpd(text, new Set(chosen.map(({ id }) => id)));
  return toPlan({ answer, type: 'dash', text: narrowed, answers: [answer], offered: tracks, chosen });
}

async function planHls(
  answer: IncomingAnswer,
  { preferences, caps }: Wish,
  read: ReadText,
): Promise<TitlePlan> {
  const text = new TextDecoder().decode(answer.data);
  if (!isMultivariant(readPlaylistLines(text))) return planMediaPlaylist(answer, text);

  const offered = withinCaps(readMultivariantPlaylist(text, answer.finalUrl), caps);
  const answers: IncomingAnswer[] = [answer];
  const chosen: MediaTrack[] = [];
  for (const track of chooseTracks(offered, preferences)) {
    const playlist = await read(track.playlistUrl);
    answers.push(playlist);
    const resources = readMediaPlaylist(new TextDecoder().decode(playlist.data), playlist.finalUrl);
    chosen.push({ ...track, resources });
  }
  const narrowed = narrowMultivariantPlaylist(text, answer.finalUrl, new Set(chosen.map(({ id }) => id)));
  const seconds = Math.max(0, ...chosen.map(secondsOf));
  return toPlan({
    answer,
    type: 'hls',
    text: narrowed,
    answers,
    // The playlists of what is not wanted are not fetched: that a track is as long as the others is near enough.
    offered: offered.map((track) => ({ ...track, resources: [stretchOf(track, seconds)] })),
    chosen,
  });
}

function planMediaPlaylist(answer: IncomingAnswer, text: string): TitlePlan {
  const track: MediaTrack = {
    id: 'media',
    kind: 'video',
    language: null,
    label: null,
    codecs: null,
    width: null,
    height: null,
    bandwidth: null,
    keyIds: [],
    resources: readMediaPlaylist(text, answer.finalUrl),
  };
  return toPlan({ answer, type: 'hls', text, answers: [answer], offered: [track], chosen: [track] });
}

interface PlanParts extends Pick<TitlePlan, 'answers' | 'offered' | 'chosen'> {
  readonly answer: IncomingAnswer;
  readonly type: 'dash' | 'hls';
  readonly text: string;
}

function toPlan({ answer, type, text, answers, offered, chosen }: PlanParts): TitlePlan {
  const { url, finalUrl, contentType } = answer;
  const keys = chosen.flatMap(({ resources }) => resources.filter(({ kind }) => kind === 'key'));
  return {
    manifest: { url, finalUrl, type, contentType, text },
    answers,
    offered,
    chosen,
    resources: orderResources(chosen),
    keyUrls: [...new Set(keys.map((key) => key.url))],
    keyIds: [...new Set(chosen.flatMap(({ keyIds }): readonly KeyId[] => keyIds))],
  };
}

function secondsOf({ resources }: MediaTrack): number {
  return resources.reduce((total, { seconds }) => total + seconds, 0);
}

function stretchOf({ playlistUrl }: PlaylistTrack, seconds: number) {
  return { kind: 'file' as const, url: playlistUrl, range: null, seconds };
}

function toPlaybackError({ fault, message }: ManifestError): PlaybackError {
  const code = {
    malformed: 'manifest-invalid',
    live: 'download-unsupported',
    unsupported: 'manifest-unsupported',
  } as const;
  return new PlaybackError(code[fault], { message });
}
