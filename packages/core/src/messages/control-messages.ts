import type { UnusableReason } from '../player/player-state.js';

/** What the player's own controls say. In braces: what the player puts there, in words of `language`. */
export interface ControlMessages {
  /** BCP 47: the language of numbers and of stretches of time, which the browser has words for. */
  readonly language: string;
  /** The name of the controls as a whole. */
  readonly label: string;
  readonly play: string;
  readonly pause: string;
  readonly replay: string;
  readonly seek: string;
  /** Where playback is, with `{position}` and `{duration}`. */
  readonly position: string;
  /** With `{time}`. */
  readonly skipBackward: string;
  /** With `{time}`. */
  readonly skipForward: string;
  readonly mute: string;
  readonly unmute: string;
  readonly volume: string;
  readonly live: string;
  readonly goLive: string;
  /** With `{time}`. */
  readonly behindLive: string;
  readonly settings: string;
  readonly back: string;
  readonly captions: string;
  readonly captionsOff: string;
  readonly audio: string;
  /**
   * What tells tracks of one language apart where their labels do not, by their `kind`: a role of DASH, or `captions` for texts.
   * A kind without words here adds nothing, as `main` does; `createMessages` gives words to others.
   */
  readonly trackKinds: Readonly<Record<string, string>>;
  readonly quality: string;
  readonly autoQuality: string;
  /** While the player adapts, with `{quality}`: the one that plays. */
  readonly autoQualityNow: string;
  /** Why a quality cannot be chosen, with `{quality}`. */
  readonly unusable: Readonly<Record<UnusableReason, string>>;
  readonly playbackRate: string;
  readonly normalRate: string;
  readonly enterFullscreen: string;
  readonly exitFullscreen: string;
  readonly enterPictureInPicture: string;
  readonly exitPictureInPicture: string;
  readonly airPlay: string;
  readonly cast: string;
}

/** The controls in English. */
export const ENGLISH_CONTROLS: ControlMessages = Object.freeze({
  language: 'en',
  label: 'Video controls',
  play: 'Play',
  pause: 'Pause',
  replay: 'Play again',
  seek: 'Seek',
  position: '{position} of {duration}',
  skipBackward: 'Back {time}',
  skipForward: 'Forward {time}',
  mute: 'Mute',
  unmute: 'Unmute',
  volume: 'Volume',
  live: 'Live',
  goLive: 'Go to live',
  behindLive: '{time} behind live',
  settings: 'Settings',
  back: 'Back',
  captions: 'Captions',
  captionsOff: 'Off',
  audio: 'Audio',
  trackKinds: Object.freeze({
    description: 'audio description',
    commentary: 'commentary',
    dub: 'dubbed',
    captions: 'for the hard of hearing',
    'enhanced-audio-intelligibility': 'clear speech',
    'spoken-subtitles': 'spoken subtitles',
  }),
  quality: 'Quality',
  autoQuality: 'Auto',
  autoQualityNow: 'Auto ({quality})',
  unusable: Object.freeze({
    'key-missing': '{quality} is not in your plan',
    'output-restricted': '{quality} needs a newer display',
    'key-expired': 'The license for {quality} has ended',
  }),
  playbackRate: 'Speed',
  normalRate: 'Normal',
  enterFullscreen: 'Full screen',
  exitFullscreen: 'Exit full screen',
  enterPictureInPicture: 'Picture in picture',
  exitPictureInPicture: 'Back to the page',
  airPlay: 'AirPlay',
  cast: 'Play on another device',
});
