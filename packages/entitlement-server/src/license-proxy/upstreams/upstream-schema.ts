import { HDCP_LEVELS } from '@secure-player/protocol';
import * as v from 'valibot';

import { KEY_GROUPS } from '../../catalog/title.js';
import { CLAIM_SOURCES, GRANT_BOUNDS, type ClaimSourceName } from './adapters/claim-sources.js';
import { urlProblem } from './upstream-url.js';

const text = v.pipe(v.string('must be a text'), v.nonEmpty('must not be empty'));

/** What a header may hold. */
const printable = v.pipe(text, v.regex(/^[\x20-\x7e]+$/, 'must be printable ASCII'));

const url = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? urlProblem(dataset.value) : null;
    if (problem !== null) addIssue({ message: problem });
  }),
);

const number = (min: number, max: number, problem = `must be a number from ${min} to ${max}`) =>
  v.pipe(v.number(problem), v.minValue(min, problem), v.maxValue(max, problem));

const whole = (min: number, max: number) => {
  const problem = `must be a whole number from ${min} to ${max}`;
  return v.pipe(number(min, max, problem), v.integer(problem));
};

const UNKNOWN_OPTION = 'is no option';

const breaker = v.strictObject(
  {
    consecutiveFailures: v.optional(whole(1, 10_000)),
    failureShare: v.optional(number(0.01, 1)),
    minimumRequests: v.optional(whole(1, 1_000_000)),
    windowMs: v.optional(whole(100, 3_600_000)),
    openMs: v.optional(whole(100, 3_600_000)),
  },
  UNKNOWN_OPTION,
);

const common = {
  timeoutMs: v.optional(whole(100, 60_000), 10_000),
  maxAnswerBytes: v.optional(whole(1024, 64 * 1024 * 1024), 512 * 1024),
  breaker: v.optional(breaker, {}),
};

const urlsBySystem = v.strictObject(
  {
    clearkey: v.optional(url),
    widevine: v.optional(url),
    playready: v.optional(url),
    fairplay: v.optional(url),
  },
  'must be an address, or addresses by key system: clearkey, widevine, playready, fairplay',
);

/** One address stands for all systems. */
const urls = v.lazy((value) =>
  typeof value === 'string'
    ? v.pipe(
        url,
        v.transform((one) => ({ clearkey: one, widevine: one, playready: one, fairplay: one })),
      )
    : urlsBySystem,
);

const base64 = (minBytes: number, maxBytes: number, problem: string) =>
  v.pipe(
    v.string(problem),
    v.transform(bytesOfBase64),
    v.minLength(minBytes, problem),
    v.maxLength(maxBytes, problem),
  );

const builtIn = v.strictObject(
  {
    kind: v.literal('license-server'),
    url: v.pipe(
      url,
      v.check(
        (value) => new URL(value).search === '',
        'must not have a query: the key system is added to the path',
      ),
    ),
    ...common,
  },
  UNKNOWN_OPTION,
);

const axinom = v.strictObject(
  {
    kind: v.literal('axinom'),
    url: urls,
    communicationKeyId: v.pipe(
      text,
      v.regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'must be a GUID, as the portal shows it'),
    ),
    communicationKey: base64(32, 32, 'must be 32 bytes in base64, as the portal shows it'),
    ...common,
  },
  UNKNOWN_OPTION,
);

const doverunner = v.strictObject(
  {
    kind: v.literal('doverunner'),
    url: urls,
    siteId: printable,
    siteKey: v.pipe(text, v.regex(/^[\x21-\x7e]{32}$/, 'must be 32 characters, as the console shows it')),
    accessKey: printable,
    anonymousUserId: v.optional(text, 'anonymous'),
    ...common,
  },
  UNKNOWN_OPTION,
);

const template = v.strictObject(
  {
    id: text,
    groups: v.pipe(
      v.array(v.picklist(KEY_GROUPS, `must be one of ${KEY_GROUPS.join(', ')}`), 'must be a list'),
      v.nonEmpty('must name the keys that the template gives out'),
    ),
    minHdcp: v.optional(v.picklist(HDCP_LEVELS, `must be one of ${HDCP_LEVELS.join(', ')}`)),
    minSecurityLevel: v.optional(v.picklist(['software', 'hardware'], 'must be software or hardware')),
  },
  UNKNOWN_OPTION,
);

const drmtoday = v.strictObject(
  {
    kind: v.literal('drmtoday'),
    url: urls,
    merchant: text,
    sharedSecretId: text,
    sharedSecret: v.pipe(
      text,
      v.regex(/^(?:[0-9a-f]{2}){32,}$/i, 'must be at least 64 hexadecimal digits, as the dashboard shows it'),
    ),
    templates: v.pipe(v.array(template, 'must be a list'), v.nonEmpty('must hold at least one template')),
    anonymousUserId: v.optional(text, 'anonymous'),
    ...common,
  },
  UNKNOWN_OPTION,
);

const SOURCE_NAMES = Object.keys(CLAIM_SOURCES) as ClaimSourceName[];

const claim = v.union(
  [v.strictObject({ from: v.picklist(SOURCE_NAMES) }), v.strictObject({ value: v.unknown() })],
  `must be { "from": … } with one of ${SOURCE_NAMES.join(', ')}, or { "value": … }`,
);

const OWN_CLAIMS = ['jti', 'iat', 'exp'];

const headerToken = v.strictObject(
  {
    kind: v.literal('header-token'),
    url: urls,
    header: v.pipe(text, v.regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a header')),
    prefix: v.optional(
      v.pipe(v.string('must be a text'), v.regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')),
      '',
    ),
    algorithm: v.optional(
      v.picklist(
        ['HS256', 'HS384', 'HS512', 'ES256', 'RS256'],
        'must be HS256, HS384, HS512, ES256 or RS256',
      ),
      'HS256',
    ),
    secret: v.optional(base64(32, 1024, 'must be at least 32 bytes in base64')),
    privateKey: v.optional(v.pipe(text, v.regex(/^-----BEGIN PRIVATE KEY-----/, 'must be PKCS #8 as PEM'))),
    keyId: v.optional(printable),
    lifetimeSeconds: v.optional(whole(1, 120), 60),
    claims: v.pipe(
      v.record(text, claim, 'must be claims by their names'),
      v.check(
        (claims) => !OWN_CLAIMS.some((name) => Object.hasOwn(claims, name)),
        'must leave jti, iat and exp out',
      ),
    ),
    keptElsewhere: v.optional(
      v.array(v.picklist(GRANT_BOUNDS, `must be of ${GRANT_BOUNDS.join(', ')}`), 'must be a list'),
      [],
    ),
    ...common,
  },
  UNKNOWN_OPTION,
);

/** Reads {@link UpstreamOptions}, whoever wrote them. No message repeats a value. */
export const upstreamSchema = v.variant(
  'kind',
  [builtIn, axinom, doverunner, drmtoday, headerToken],
  'must be license-server, axinom, doverunner, drmtoday or header-token',
);

/** The options, checked, with every default in its place. */
export type ResolvedUpstreamOptions = v.InferOutput<typeof upstreamSchema>;

/** None for what is no base64, which is then too short. */
function bytesOfBase64(base64Text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64Text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
