import type { ProblemCode } from './problem-codes.js';

/** For the developer of a client: what each problem says about the request, and where to look. */
export const PROBLEM_MEANINGS = {
  'authentication-required':
    'The request carries no bearer token, and what it asks for is not for everybody.',
  'credentials-rejected':
    'No account has this user name with this password. Which of the two is wrong is not said.',
  'session-expired': 'The bearer token is over, was signed out, or never was one.',
  'subscription-expired': 'The account is known, and its subscription has ended.',
  'plan-insufficient': 'The plan of the account includes none of the keys that were asked for.',
  'security-level-insufficient':
    'Every key that the account may have wants a device that is certified for more than this one is, or another key system.',
  'region-blocked': 'The title is not offered in the region that the request comes from.',
  'rental-required': 'The title is for rent, and the account has not rented it.',
  'rental-expired':
    'The rental was not started in time, or the time to finish it is over. Renting again begins a new one.',
  'device-limit-reached':
    'This device is new to the account, which has as many as its plan allows, or keeps downloads on as many. Removing one, or revoking its offline licenses, makes room.',
  'stream-limit-reached':
    'The account plays on as many devices as its plan allows; `streams` lists them. `replace` stops one for this one.',
  'session-superseded':
    'The stream of this playback session was given to another device, which `takenOverBy` names. `replace` takes it back.',
  'playback-session-required':
    'Licenses of this title are given out under a playback session alone, not by the bearer token.',
  'playback-session-unknown': 'The id belongs to no playback session, or to one of another account.',
  'playback-session-ended':
    'The playback session was ended, ran out, or the sign-in behind it is over. A new one can be opened.',
  'offline-not-allowed': 'The policy of the title allows no license that is stored.',
  'offline-license-unknown':
    'The id or handle belongs to no offline license, to one of another account, or to one that ended long ago.',
  'offline-license-expired':
    'The term of the offline license is over. Renewing it asks for the rights again, and begins another term.',
  'offline-license-revoked':
    'The owner of the account revoked the offline license, or the account is gone. What it opened is to be deleted.',
  'offline-license-released': 'The device gave the offline license back. Another one can be opened.',
  'content-not-found': 'No title has this id or these key ids, or the title is not available at this time.',
  'not-found': 'The server has nothing at this path.',
  'method-not-allowed': 'The path exists; `Allow` lists the methods that it takes.',
  'invalid-request': 'The request cannot be read, or breaks its schema; `errors` names the fields.',
  'payload-too-large': 'The body is larger than what is read at this address.',
  'unsupported-media-type': 'The `Content-Type` is none of those that are read at this address.',
  'range-not-satisfiable':
    'The file is shorter than the range that was asked for; `Content-Range` has its length.',
  'key-system-unsupported':
    'The server has no license for this key system, or the title is not offered under it.',
  'too-many-requests': 'The account or the address asks too often; `Retry-After` says when to come back.',
  'license-token-rejected':
    'The license server did not accept the token of the license proxy: it is over, used, or for another request.',
  'license-upstream-refused': 'The license server behind the proxy refused what the device sent.',
  'license-upstream-failed':
    'The license server behind the proxy could not be reached, or failed. The next request may succeed.',
  'license-upstream-timeout': 'The license server behind the proxy did not answer in time.',
  'internal-error': 'The server ran into a fault of its own, which its log names.',
  'service-unavailable':
    'The server takes no more work at the moment, cannot use its store, or is about to stop; `Retry-After` says when to come back.',
} as const satisfies Record<ProblemCode, string>;
