import type { ErrorMessages } from './viewer-messages.js';

const TRY_AGAIN = 'Check your connection and try again.';
const CONTACT = 'If it keeps happening, contact support and tell them the code below.';

/** What a viewer reads of each error, in English. */
export const ENGLISH_ERRORS: ErrorMessages = {
  'source-invalid': { title: 'This video is not set up correctly', text: CONTACT },
  'manifest-not-found': { title: 'This video is not here', text: `It may have moved. ${CONTACT}` },
  'manifest-forbidden': { title: 'This video is not open to you', text: CONTACT },
  'manifest-unreachable': { title: 'The video could not be reached', text: TRY_AGAIN },
  'manifest-invalid': { title: 'This video cannot be read', text: CONTACT },
  'manifest-unsupported': { title: 'This video cannot be played here', text: CONTACT },
  'segment-unavailable': { title: 'The video stopped arriving', text: TRY_AGAIN },
  'segment-forbidden': {
    title: 'The video may not be fetched any more',
    text: 'Try again. If that does not help, leave this page and come back.',
  },
  'media-unsupported': {
    title: 'This browser cannot show this video',
    text: 'Try a recent version of another browser, or another device.',
  },
  'media-buffer-full': {
    title: 'This quality is too much for this device',
    text: 'Choose a lower quality, then try again.',
  },
  'no-allowed-quality': { title: 'This video has no quality to play here', text: CONTACT },
  undecodable: {
    title: 'The picture cannot be decoded',
    text: `The video is damaged, or the key that came with it does not fit. Try again. ${CONTACT}`,
  },
  'browser-unsupported': {
    title: 'This browser is too old for this video',
    text: 'Update it, or try another browser.',
  },
  'engine-unavailable': { title: 'The player could not be loaded', text: TRY_AGAIN },
  'engine-failed': { title: 'The player ran into a problem', text: `Try again. ${CONTACT}` },
  offline: { title: 'You are offline', text: 'Connect to a network, then try again.' },
  'drm-unsupported': {
    title: 'This browser cannot play protected video',
    text: 'Try a recent version of another browser, or another device.',
  },
  'drm-disabled': {
    title: 'Protected video is switched off',
    text: 'Allow it in the settings of this browser.',
  },
  'drm-blocked': { title: 'Protected video is not allowed on this page', text: CONTACT },
  'drm-insecure-context': {
    title: 'This page is not secure',
    text: 'Open it by https to play protected video.',
  },
  'drm-configuration-missing': { title: 'This video is not set up correctly', text: CONTACT },
  'drm-setup-failed': { title: 'Protected playback did not start', text: `Try again. ${CONTACT}` },
  'media-keys-in-use': { title: 'This video is not set up correctly', text: CONTACT },
  'drm-busy': {
    title: 'Too much protected video is open',
    text: 'Close other tabs and players, then try again.',
  },
  'certificate-failed': { title: 'Protected playback did not start', text: TRY_AGAIN },
  'license-request-failed': { title: 'The license could not be requested', text: `Try again. ${CONTACT}` },
  'license-rejected': { title: 'The license was not accepted', text: `Try again. ${CONTACT}` },
  'license-release-failed': { title: 'The license could not be given back', text: TRY_AGAIN },
  'wrong-key': { title: 'The license is for another video', text: `Try again. ${CONTACT}` },
  'key-missing': { title: 'The license is not complete', text: `Try again. ${CONTACT}` },
  'key-expired': { title: 'Your license has expired', text: 'Renew it to go on watching.' },
  'output-restricted': {
    title: 'This display cannot show this video',
    text: 'Disconnect the external display, or use one with HDCP.',
  },
  'stored-license-missing': {
    title: 'The license on this device is gone',
    text: 'Go online to get another.',
  },
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
  'rental-required': { title: 'This video is for rent', text: 'Rent it to watch it.' },
  'rental-expired': { title: 'Your rental has ended', text: 'Rent the video again to go on watching.' },
  'device-limit-reached': {
    title: 'Your plan is in use on too many devices',
    text: 'Remove a device from your account, then try again.',
  },
  'offline-license-revoked': {
    title: 'This download was withdrawn',
    text: 'Download it again if you may still watch it.',
  },
  'region-blocked': {
    title: 'This video is not available where you are',
    text: 'Rights differ from region to region.',
  },
  'stream-limit-reached': {
    title: 'Too many devices are playing',
    text: 'Stop one of them, then try again.',
  },
  'stream-taken-over': {
    title: 'Playing on another device',
    text: 'Your account is watching somewhere else now. You can go on here instead.',
  },
  'playback-session-ended': { title: 'This playback has ended', text: 'Start it again to go on watching.' },
  'content-not-found': { title: 'This video is not available', text: CONTACT },
  'entitlement-refused': { title: 'This video is not open to you', text: CONTACT },
  'entitlement-failed': { title: 'Your access could not be checked', text: TRY_AGAIN },
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
  'text-track-failed': { title: 'Captions could not be loaded', text: 'The video can go on without them.' },
  'cast-failed': {
    title: 'The other screen could not be reached',
    text: 'Check that it is on, and on the same network.',
  },
  'ads-failed': { title: 'The advertising could not be loaded', text: TRY_AGAIN },
  'storage-failed': {
    title: 'The storage of this browser failed',
    text: 'Close other tabs of this site, then try again.',
  },
  'storage-full': {
    title: 'There is no room left on this device',
    text: 'Delete downloads that you do not need, then try again.',
  },
  'download-missing': {
    title: 'This download is not on this device',
    text: 'Go online to watch, or download it again.',
  },
  'download-unsupported': {
    title: 'This video cannot be downloaded here',
    text: 'Watch it online, or try another device.',
  },
  aborted: { title: 'Playback was called off', text: 'Start it again to watch.' },
  unknown: { title: 'Something went wrong', text: `Try again. ${CONTACT}` },
};
