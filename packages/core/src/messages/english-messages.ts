import { ENGLISH_CONTROLS } from './control-messages.js';
import { ENGLISH_ERRORS } from './english-errors.js';
import type { ViewerMessages } from './viewer-messages.js';

/** The texts in English. */
export const ENGLISH_MESSAGES: ViewerMessages = Object.freeze({
  language: 'en',
  direction: 'ltr',
  errors: ENGLISH_ERRORS,
  recoveries: {
    retry: 'Try again',
    'sign-in': 'Sign in',
    'upgrade-plan': 'See plans',
    'stop-other-stream': 'Stop the other one',
    'change-region': 'Change region',
    'renew-license': 'Renew',
    'go-online': 'Go online',
    'lower-quality': 'Lower the quality',
    'enable-drm': 'How to allow it',
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
  licenseEndsAt: 'You can watch this video until {time}.',
  streams: {
    inPlaceOfOne: 'You can play here in place of one of them.',
    label: 'Playing now',
    since: 'since {time}',
    takenOverBy: '{device} has taken over. You can go on here instead.',
    takeOver: 'Play here instead',
  },
  controls: ENGLISH_CONTROLS,
  loading: 'Loading',
  close: 'Close',
});
