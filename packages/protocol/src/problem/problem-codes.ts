/**
 * Every problem the entitlement server reports, with the HTTP status it travels under. The code is the
 * contract; the title is for people and may be reworded.
 */
export const PROBLEM_CODES = {
  'authentication-required': { status: 401, title: 'Sign in to continue' },
  'credentials-rejected': { status: 401, title: 'The user name or the password is wrong' },
  'session-expired': { status: 401, title: 'You have been signed out' },
  'subscription-expired': { status: 403, title: 'The subscription has ended' },
  'plan-insufficient': { status: 403, title: 'The plan does not include this' },
  'security-level-insufficient': {
    status: 403,
    title: 'This device does not protect the content well enough',
  },
  'region-blocked': { status: 451, title: 'This is not available in this region' },
  'rental-required': { status: 403, title: 'This title has to be rented' },
  'rental-expired': { status: 403, title: 'The rental is over' },
  'device-limit-reached': { status: 403, title: 'The account is in use on as many devices as it may be' },
  'stream-limit-reached': { status: 409, title: 'The account plays on as many devices as it may' },
  'session-superseded': { status: 403, title: 'Another device took over the stream' },
  'playback-session-required': { status: 403, title: 'Licenses of this title take a playback session' },
  'playback-session-unknown': { status: 404, title: 'There is no such playback session' },
  'playback-session-ended': { status: 410, title: 'The playback session is over' },
  'offline-not-allowed': { status: 403, title: 'This may not be kept offline' },
  'offline-license-unknown': { status: 404, title: 'There is no such offline license' },
  'offline-license-expired': { status: 403, title: 'The offline license is over' },
  'offline-license-revoked': { status: 410, title: 'The offline license was revoked' },
  'offline-license-released': { status: 410, title: 'The offline license was given back' },
  'content-not-found': { status: 404, title: 'There is no such title' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The request is of a type not accepted here' },
  'range-not-satisfiable': { status: 416, title: 'The requested range lies outside the file' },
  'key-system-unsupported': { status: 404, title: 'This title has no license for that key system' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'license-token-rejected': {
    status: 403,
    title: 'The license token is not valid, not for this request, or used',
  },
  'license-upstream-refused': { status: 502, title: 'The license server refused the request' },
  'license-upstream-failed': { status: 502, title: 'The license server failed or could not be reached' },
  'license-upstream-timeout': { status: 504, title: 'The license server did not answer in time' },
  'internal-error': { status: 500, title: 'Something went wrong on the server' },
  'service-unavailable': { status: 503, title: 'The service is not available right now' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The `code` member of a problem: what software branches on. */
export type ProblemCode = keyof typeof PROBLEM_CODES;
