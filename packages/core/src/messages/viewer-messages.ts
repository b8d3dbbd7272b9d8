import type { PlaybackErrorCode, Recovery } from '../error/error-table.js';
import type { UnusableReason } from '../player/player-state.js';
import { ENGLISH_CONTROLS, type ControlMessages } from './control-messages.js';

/** What a viewer reads when playback fails: what happened, and what they can do. */
export interface ErrorMessage {
  readonly title: string;
  readonly text: string;
}

/** Every text that the player shows. Replace any part of it, or all for another language. */
export interface ViewerMessages {
  readonly errors: Readonly<Record<PlaybackErrorCode, ErrorMessage>>;
  /** Labels of the recovery buttons. */
  readonly recoveries: Readonly<Record<Recovery, string>>;
  /** Notices about a picture quality that cannot be had now. */
  readonly qualityLimited: Readonly<Record<UnusableReason, string>>;
  /** A notice that the license was not renewed, and that the film ends with it. */
  readonly licenseRenewalRefused: string;
  readonly controls: ControlMessages;
  readonly loading: string;
  readonly close: string;
}

const TRY_AGAIN = 'Check your connection and try again.';
const CONTACT = 'If it keeps happening, contact support and tell them the code below.';

/** The texts in English. */
export const ENGLISH_MESSAGES: ViewerMessages = Object.freeze({
  errors: {
    'source-invalid': { title: 'This video is not set up correctly', text: CONTACT },
    'manifest-not-found': { title: 'This video is not here', text: `It may have moved. ${CONTACT}` },
    'manifest-forbidden': { title: 'This video is not open to you', text: CONTACT },
    'manifest-unreachable': { title: 'The video could not be reached', text: TRY_AGAIN },
    'manifest-invalid': { title: 'This video cannot be read', text: CONTACT },
    'segment-unavailable': { title: 'The video stopped arriving', text: TRY_AGAIN },
    'media-unsupported': {
      title: 'This browser cannot show this video',
      text: 'Try a recent version of another browser, or another device.',
    },
    undecodable: {
      title: 'The picture cannot be decoded',
      text: `The video is damaged, or the key that came with it does not fit. Try again. ${CONTACT}`,
    },
    'drm-unsupported': {
      title: 'This browser cannot play protected video',
      text: 'Try a recent version of another browser, or another device.',
    },
    'drm-insecure-context': {
      title: 'This page is not secure',
      text: 'Open it by https to play protected video.',
    },
    'drm-configuration-missing': { title: 'This video is not set up correctly', text: CONTACT },
    'drm-setup-failed': { title: 'Protected playback did not start', text: `Try again. ${CONTACT}` },
    'media-keys-in-use': { title: 'This video is not set up correctly', text: CONTACT },
    'certificate-failed': { title: 'Protected playback did not start', text: TRY_AGAIN },
    'authorize-failed': { title: 'Your access could not be checked', text: TRY_AGAIN },
    'authentication-required': { title: 'Sign in to watch', text: 'This video is for members.' },
    'session-expired': { title: 'You have been signed out', text: 'Sign in again to go on watching.' },
    'subscription-expired': {
      title: 'Your subscription has ended',
      text: 'Renew it, and you can go on watching right away.',
    },
    'plan-insufficient': {
      title: 'Your plan does not include this video',
      text: 'Choose a plan that does to watch it.',
    },
    'playback-session-ended': { title: 'This playback has ended', text: 'Start it again to go on watching.' },
    'content-not-found': { title: 'This video is not available', text: CONTACT },
    'license-refused': { title: 'This video is not open to you', text: CONTACT },
    'license-server-error': {
      title: 'The rights service has a problem',
      text: 'It is on our side. Try again in a moment.',
    },
    'license-unreachable': { title: 'The rights service could not be reached', text: TRY_AGAIN },
    'license-timeout': { title: 'The rights service did not answer', text: 'Try again in a moment.' },
    'license-empty': { title: 'The rights service sent nothing', text: `Try again in a moment. ${CONTACT}` },
    'license-html': {
      title: 'Something answered in place of the rights service',
      text: 'On a public network, open its sign-in page first. Then try again.',
    },
    'license-malformed': {
      title: 'The rights service sent something unreadable',
      text: `Try again. ${CONTACT}`,
    },
    'license-rejected': { title: 'The license was not accepted', text: `Try again. ${CONTACT}` },
    'license-request-failed': { title: 'The license could not be requested', text: `Try again. ${CONTACT}` },
    'wrong-key': { title: 'The license is for another video', text: `Try again. ${CONTACT}` },
    'key-missing': { title: 'The license is not complete', text: `Try again. ${CONTACT}` },
    'key-expired': { title: 'Your license has expired', text: 'Renew it to go on watching.' },
    'output-restricted': {
      title: 'This display cannot show this video',
      text: 'Disconnect the external display, or use one with HDCP.',
    },
    'engine-unavailable': { title: 'The player could not be loaded', text: TRY_AGAIN },
    unknown: { title: 'Something went wrong', text: `Try again. ${CONTACT}` },
  },
  recoveries: {
    retry: 'Try again',
    'sign-in': 'Sign in',
    'upgrade-plan': 'See plans',
    'stop-other-stream': 'Stop the other stream',
    'change-region': 'Change region',
    'renew-license': 'Renew',
    'go-online': 'Go online',
    'lower-quality': 'Lower the quality',
    'enable-drm': 'How to enable protected content',
    'update-browser': 'Update your browser',
    'use-other-device': 'Use another device',
    'free-space': 'Free some space',
    'contact-support': 'Contact support',
  },
  qualityLimited: {
    'key-missing': 'Your plan does not include the higher picture quality.',
    'output-restricted': 'This display does not allow the higher picture quality.',
    'key-expired': 'The license for the higher picture quality has ended.',
  },
  licenseRenewalRefused: 'Your license could not be renewed. The video stops when it ends.',
  controls: ENGLISH_CONTROLS,
  loading: 'Loading',
  close: 'Close',
});
