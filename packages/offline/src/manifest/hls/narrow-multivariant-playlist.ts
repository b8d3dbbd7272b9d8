import { readPlaylistLines } from './playlist-line.js';
import { readOffers } from './read-multivariant-playlist.js';

/** Trick play is not downloaded. */
const LEFT_OUT = 'EXT-X-I-FRAME-STREAM-INF';

/** The playlist with the chosen tracks alone, so that no player asks for what was not downloaded. */
export function narrowMultivariantPlaylist(text: string, url: string, trackIds: ReadonlySet<string>): string {
  const lines = readPlaylistLines(text);
  const offers = readOffers(lines, url);
  const offered = new Set(offers.map(({ memberOf }) => memberOf));
  const chosen = offers.filter(({ track }) => trackIds.has(track.id));
  const groups = new Set(chosen.map(({ memberOf }) => memberOf));
  /** Groups of which nothing was chosen. One whose renditions are all inside the variants was never offered. */
  const isGone = (group: string) => offered.has(group) && !groups.has(group);

  // One picture may be offered once with each group of sounds: what asks for sounds that are not there is not there.
  const kept = chosen.filter(
    ({ needs }) => !needs.some((group) => group.startsWith('AUDIO/') && isGone(group)),
  );
  const silenced = kept.some(({ memberOf }) => memberOf === null) ? kept : chosen;
  const dropped = new Set(
    offers.filter((offer) => !silenced.includes(offer)).flatMap((offer) => offer.lines),
  );

  const gone = new Map(
    silenced.flatMap(({ lines: [line], needs }) => (line ? [[line, needs.filter(isGone)] as const] : [])),
  );
  return [
    '#EXTM3U',
    ...lines
      .filter((line) => !dropped.has(line) && !('tag' in line && line.tag === LEFT_OUT))
      .map((line) => (gone.get(line) ?? []).reduce(withoutGroup, line.text)),
    '',
  ].join('\n');
}

/** A variant must not name a group that the playlist does not have (RFC 8216 section 4.3.4.2). */
function withoutGroup(text: string, group: string): string {
  const [type = ''] = group.split('/');
  return text.replace(new RegExp(`([,:])${type}="[^"]*"(,|$)`), (_, before: string, behind: string) =>
    before === ':' ? ':' : behind,
  );
}
