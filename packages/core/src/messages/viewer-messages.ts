import type { Recovery } from '../error/error-row.js';
import type { PlaybackErrorCode } from '../error/error-table.js';
import type { UnusableReason } from '../player/player-state.js';
import type { ControlMessages } from './control-messages.js';

/** What a viewer reads when playback fails: what happened, and what they can do. */
export interface ErrorMessage {
  readonly title: string;
  readonly text: string;
}

/** What a viewer reads of each error. */
export type ErrorMessages = Readonly<Record<PlaybackErrorCode, ErrorMessage>>;

/** Every text that the player shows. Replace any part of it by `createMessages`, or write all of it for another language. */
export interface ViewerMessages {
  /** BCP 47; surfaces carry it as `lang`. @default that of the page around the player */
  readonly language?: string | undefined;
  /** Surfaces carry it as `dir`. @default that of the page around the player */
  readonly direction?: 'ltr' | 'rtl' | undefined;
  readonly errors: ErrorMessages;
  /** Labels of the recovery buttons. */
  readonly recoveries: Readonly<Record<Recovery, string>>;
  /** Notices about a picture quality that cannot be had now. */
  readonly qualityLimited: Readonly<Record<UnusableReason, string>>;
  /** A notice that the license was not renewed, and that the film ends with it. */
  readonly licenseRenewalRefused: string;
  /** Shortly before the end of a license that is not renewed, with `{time}`: the time of day. */
  readonly licenseEndsAt: string;
  /** Where the account plays on other devices. */
  readonly streams: {
    /** Before the list of what plays, where there is no room for one more. */
    readonly inPlaceOfOne: string;
    /** Names the list of what plays. */
    readonly label: string;
    /** With `{time}`: when one of them began. */
    readonly since: string;
    /** With `{device}`: which one has the stream now. */
    readonly takenOverBy: string;
    /** The button that stops another device and plays here. */
    readonly takeOver: string;
  };
  readonly controls: ControlMessages;
  readonly loading: string;
  readonly close: string;
}
