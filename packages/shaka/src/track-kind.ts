import type { ShakaAudioTrack, ShakaTextTrack } from './shaka-namespace.js';

/** What the characteristics of HLS mean in the words of DASH's roles, which are those a page uses. */
const ROLE_OF_CHARACTERISTIC: Readonly<Record<string, string>> = {
  'public.accessibility.describes-video': 'description',
  'public.accessibility.enhances-speech-intelligibility': 'enhanced-audio-intelligibility',
};

/** `shaka.media.ManifestParser.AccessibilityPurpose`, in the same words. */
const ROLE_OF_PURPOSE: Readonly<Record<string, string>> = {
  'visually impaired': 'description',
  'hard of hearing': 'enhanced-audio-intelligibility',
  'spoken subtitles': 'spoken-subtitles',
};

const PURPOSES = new Set(Object.values(ROLE_OF_PURPOSE));

/** HTML's words for kinds that Shaka has its own for. */
const TEXT_KINDS: Readonly<Record<string, string>> = { subtitle: 'subtitles', caption: 'captions' };

/** What HLS says of captions; Shaka tells all text of HLS to be subtitles. */
const CAPTION_CHARACTERISTICS = [
  'public.accessibility.transcribes-spoken-dialog',
  'public.accessibility.describes-music-and-sound',
];

/** What a track of the sound is for: who needs it, where the manifest says so, or else the first of its roles. */
export function audioKindOf({
  roles,
  accessibilityPurpose,
}: Pick<ShakaAudioTrack, 'roles' | 'accessibilityPurpose'>): string | null {
  const purpose = roles.map(toRole).find((role) => PURPOSES.has(role));

  return purpose ?? ROLE_OF_PURPOSE[accessibilityPurpose ?? ''] ?? roles[0] ?? null;
}

export function textKindOf({ kind, roles }: Pick<ShakaTextTrack, 'kind' | 'roles'>): string | null {
  if (CAPTION_CHARACTERISTICS.some((characteristic) => roles.includes(characteristic))) return 'captions';

  return TEXT_KINDS[kind ?? ''] ?? kind;
}

/** All that a manifest may call what a page calls `kind`. */
export function rolesOfKind(kind: string): readonly string[] {
  const characteristics = Object.keys(ROLE_OF_CHARACTERISTIC);

  return [kind, ...characteristics.filter((name) => ROLE_OF_CHARACTERISTIC[name] === kind)];
}

/** The roles with those first that say who needs the track: Shaka chooses by the first alone. */
export function tellingRolesFirst(roles: readonly string[]): readonly string[] {
  const tells = (role: string) => PURPOSES.has(toRole(role));

  return [...roles.filter(tells), ...roles.filter((role) => !tells(role))];
}

function toRole(name: string): string {
  return ROLE_OF_CHARACTERISTIC[name] ?? name;
}
