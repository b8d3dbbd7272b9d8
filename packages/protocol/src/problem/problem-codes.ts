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
  'playback-session-unknown': { status: 404, title: 'There is no such playback session' },
  'playback-session-ended': { status: 410, title: 'The playback session is over' },
  'content-not-found': { status: 404, title: 'There is no such title' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The request is of a type not accepted here' },
  'range-not-satisfiable': { status: 416, title: 'The requested range lies outside the file' },
  'key-system-unsupported': { status: 404, title: 'This title has no license for that key system' },
  'internal-error': { status: 500, title: 'Something went wrong on the server' },
  'service-unavailable': { status: 503, title: 'The service is not available right now' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The `code` member of a problem: what software branches on. */
export type ProblemCode = keyof typeof PROBLEM_CODES;
