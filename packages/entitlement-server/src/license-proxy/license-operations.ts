import * as v from 'valibot';

import {
  json,
  type Operation,
  type OperationContent,
  type OperationParameter,
} from '../openapi/operation.js';

const keyIdText = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/),
  v.description('A key id in base64url without padding.'),
);
const kids = v.pipe(v.array(keyIdText), v.minLength(1), v.maxLength(64));
const sessionType = v.picklist(['temporary', 'persistent-license']);

/** What a Clear Key CDM sends (EME section 9.1.3); without a `type` it is a release. */
const clearKeyRequestSchema = v.object({ kids, type: v.optional(sessionType) });

/** A license is a JWK set (EME section 9.1.4), with policies that the virtual CDM keeps; a release is acknowledged. */
const clearKeyAnswerSchema = v.union([
  v.object({
    keys: v.array(
      v.object({
        kty: v.literal('oct'),
        kid: keyIdText,
        k: v.string(),
        policy: v.optional(v.record(v.string(), v.unknown())),
      }),
    ),
    type: v.optional(sessionType),
    policy: v.optional(v.record(v.string(), v.unknown())),
  }),
  v.object({ kids: v.array(keyIdText) }),
]);

const session: OperationParameter = {
  in: 'query',
  name: 'session',
  description:
    'The id of a playback session, whose opener is asked for; without it the bearer token says who asks.',
  schema: v.string(),
};

const offline: OperationParameter = {
  in: 'query',
  name: 'offline',
  description:
    'The id of an offline license, in place of a session and of a token: for licenses that are stored, and for giving them back.',
  schema: v.string(),
};

const contentId: OperationParameter = {
  in: 'query',
  name: 'content',
  description: 'The id of a title, for messages that nobody but the license server can read.',
  schema: v.string(),
};

const storedType: OperationParameter = {
  in: 'query',
  name: 'type',
  description:
    'Of which type the license is to be, for messages that nobody but the license server can read; `temporary` by default, and `persistent-license` under an offline license.',
  schema: v.picklist(['temporary', 'persistent-license']),
};

const PROBLEMS = [
  'invalid-request',
  'payload-too-large',
  'unsupported-media-type',
  'authentication-required',
  'session-expired',
  'subscription-expired',
  'plan-insufficient',
  'security-level-insufficient',
  'region-blocked',
  'rental-required',
  'rental-expired',
  'stream-limit-reached',
  'session-superseded',
  'playback-session-required',
  'playback-session-unknown',
  'playback-session-ended',
  'offline-not-allowed',
  'offline-license-unknown',
  'offline-license-expired',
  'offline-license-revoked',
  'offline-license-released',
  'content-not-found',
  'key-system-unsupported',
  'license-token-rejected',
  'license-upstream-refused',
  'license-upstream-failed',
  'license-upstream-timeout',
  'service-unavailable',
] as const;

const MESSAGE = { binary: 'What the CDM sent, as it came. It may also be called `text/plain`, or nothing.' };
const SOAP = { binary: 'The challenge in its SOAP envelope, as the CDM gave it.' };
const SPC = v.object({ spc: v.pipe(v.string(), v.description('The SPC in base64.')) });

export const LICENSE_OPERATIONS: readonly Operation[] = [
  license({
    system: 'clearkey',
    summary: 'A Clear Key license, which shows keys to the page.',
    content: {
      'application/json': clearKeyRequestSchema,
      'application/octet-stream': { binary: 'The same JSON, as EME clients call it.' },
      'text/plain': { binary: 'The same JSON.' },
    },
    answer: json(clearKeyAnswerSchema),
  }),
  license({
    system: 'widevine',
    summary: 'A license, a server certificate or a device certificate, by what the message asks for.',
    content: {
      'application/octet-stream': MESSAGE,
      'application/x-protobuf': MESSAGE,
      'text/plain': MESSAGE,
    },
    answer: { 'application/octet-stream': { binary: 'For the CDM.' } },
  }),
  license({
    system: 'playready',
    summary: 'A license or a device certificate, by what the message asks for.',
    content: {
      'text/xml': SOAP,
      'application/xml': SOAP,
      'application/soap+xml': SOAP,
      'application/octet-stream': SOAP,
      'text/plain': SOAP,
    },
    answer: { 'text/xml': { binary: 'A SOAP envelope, for the CDM.' } },
  }),
  license({
    system: 'fairplay',
    summary: 'A CKC for an SPC, in the form that the SPC came in.',
    content: {
      'application/octet-stream': { binary: 'The SPC, as bytes or base64.' },
      'text/plain': { binary: 'The SPC, as bytes or base64.' },
      'application/x-www-form-urlencoded': SPC,
      'application/json': SPC,
    },
    answer: {
      'application/octet-stream': { binary: 'The CKC.' },
      'text/plain': { binary: '`<ckc>` and the CKC in base64, for a form.' },
      'application/json': v.object({ ckc: v.pipe(v.string(), v.description('The CKC in base64.')) }),
    },
  }),
];

function license({
  system,
  summary,
  content,
  answer,
}: {
  readonly system: string;
  readonly summary: string;
  readonly content: OperationContent;
  readonly answer: OperationContent;
}): Operation {
  return {
    id: `license_${system}`,
    method: 'post',
    route: '/license/:system',
    path: `/license/${system}`,
    summary,
    bearer: 'optional',
    parameters: [session, offline, contentId, storedType],
    body: { required: true, content },
    answers: { 200: { description: 'For the CDM.', content: answer } },
    problems: PROBLEMS,
  };
}
