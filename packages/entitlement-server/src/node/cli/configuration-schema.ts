import { HDCP_LEVELS } from '@secure-player/protocol';
import * as v from 'valibot';

import { SYSTEM_NAMES } from '../../catalog/system-name.js';
import { KEY_GROUPS } from '../../catalog/title.js';
import { port, processParts, text, tokenKeys } from './process-schema.js';
import { secretReferenceSchema as secret } from './secret-reference.js';
import { storeSchema } from './store-schema.js';

// What values mean is checked where they are used; here it is shapes and spelling, so that mistakes are found in the file.

const texts = v.array(text);
const number = v.number();
const switchable = v.boolean();

/** A date, or a date and a time with its zone; as epoch milliseconds. */
const date = v.pipe(
  v.string('must be a date such as 2027-01-31, or a time such as 2027-01-31T20:15:00Z'),
  v.regex(
    /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/,
    'must be a date such as 2027-01-31, or a time such as 2027-01-31T20:15:00Z',
  ),
  v.transform((value) => Date.parse(value)),
  v.finite('is a day that no calendar has'),
);

const keyDemands = {
  minHdcp: v.optional(v.picklist(HDCP_LEVELS)),
  minSecurityLevel: v.optional(v.picklist(['software', 'hardware'])),
};

const key = v.variant(
  'use',
  [
    v.strictObject({
      use: v.optional(v.literal('content')),
      keyId: text,
      group: v.picklist(KEY_GROUPS),
      maxHeight: v.optional(number),
      policy: v.optional(v.strictObject(keyDemands)),
    }),
    v.strictObject({
      use: v.literal('root'),
      keyId: text,
      inClear: v.optional(switchable),
      policy: v.optional(v.strictObject(keyDemands)),
    }),
  ],
  'must be content or root',
);

const policy = v.strictObject({
  notBefore: v.optional(date),
  notAfter: v.optional(date),
  expireMidPlay: v.optional(switchable),
  licenseDurationSeconds: v.optional(number),
  rentalDurationSeconds: v.optional(number),
  playbackDurationSeconds: v.optional(number),
  canPersist: v.optional(switchable),
  renewal: v.optional(
    v.strictObject({
      delaySeconds: number,
      retrySeconds: v.optional(number),
      graceSeconds: v.optional(number),
    }),
  ),
  offline: v.optional(v.strictObject({ termSeconds: number })),
  rental: v.optional(
    v.strictObject({ startWithinSeconds: v.optional(number), playWithinSeconds: v.optional(number) }),
  ),
});

const title = v.strictObject({
  id: text,
  title: text,
  synopsis: v.optional(v.string(), ''),
  durationSeconds: number,
  access: v.picklist(['free', 'subscription', 'rental']),
  directory: text,
  poster: v.optional(text, 'poster.jpg'),
  thumbnails: v.optional(text, 'thumbnails.vtt'),
  streams: v.array(
    v.strictObject({
      format: v.picklist(['dash', 'dash-cbcs', 'hls']),
      type: v.picklist(['dash', 'hls']),
      path: text,
    }),
  ),
  keys: v.optional(v.array(key), []),
  keySystems: v.optional(v.array(v.picklist(SYSTEM_NAMES))),
  policy: v.optional(policy),
  regions: v.optional(v.strictObject({ allow: v.optional(texts), block: v.optional(texts) })),
});

const account = v.strictObject({
  id: text,
  username: text,
  name: text,
  /** A hash opens nothing by itself, so it may stand in the file. */
  passwordHash: v.union([text, secret], 'must be what --hash-password prints, or a reference to it'),
  plan: v.picklist(['premium', 'basic']),
  subscriptionEndsAt: v.optional(v.nullable(date), null),
});

const group = v.exactOptional(v.strictObject(keyDemands));

const plan = v.strictObject({
  groups: v.optional(v.strictObject({ AUDIO: group, SD: group, HD: group, UHD1: group, UHD2: group })),
  streams: v.optional(
    v.strictObject({ limit: number, onLimit: v.optional(v.picklist(['deny-new', 'stop-oldest'])) }),
  ),
  devices: v.optional(number),
  offlineDevices: v.optional(number),
});

const tenantParts = {
  titles: v.array(title),
  accounts: v.optional(v.array(account), []),
  /** Needed where `upstreams` does not answer for all that is offered; whoever makes the server knows. */
  keySeed: v.optional(secret),
  mediaUrl: v.optional(text),
  allowedOrigins: v.optional(texts),
  plans: v.optional(v.strictObject({ premium: v.exactOptional(plan), basic: v.exactOptional(plan) })),
};

const budget = v.union(
  [v.literal(false), v.strictObject({ burst: number, perMinute: number })],
  'must be false, or { burst, perMinute }',
);
const actionLimits = v.strictObject({ address: v.optional(budget), account: v.optional(budget) });

export const configurationSchema = v.strictObject({
  role: v.optional(
    v.literal('entitlement-server', 'must be entitlement-server or license-server'),
    'entitlement-server',
  ),
  ...processParts,
  port: port(8080),
  mediaRoot: text,
  ...tenantParts,
  tenants: v.optional(v.array(v.strictObject({ id: text, hosts: texts, ...tenantParts }))),
  store: storeSchema,
  tokenKeys: v.optional(tokenKeys),
  virtualKeySystems: v.optional(switchable),
  deviceAuthority: v.optional(secret),
  /** What each kind takes is known to whoever makes it. */
  upstreams: v.optional(
    v.strictObject({
      clearkey: v.optional(v.looseObject({ kind: text })),
      widevine: v.optional(v.looseObject({ kind: text })),
      playready: v.optional(v.looseObject({ kind: text })),
      fairplay: v.optional(v.looseObject({ kind: text })),
    }),
  ),
  trustedProxies: v.optional(texts),
  forwardedHeader: v.optional(v.picklist(['x-forwarded-for', 'forwarded'])),
  regionHeader: v.optional(text),
  defaultRegion: v.optional(text),
  metricsReaders: v.optional(texts),
  rateLimits: v.optional(
    v.union(
      [
        v.literal(false),
        v.strictObject({
          login: v.optional(actionLimits),
          sessions: v.optional(actionLimits),
          licenses: v.optional(actionLimits),
          other: v.optional(actionLimits),
        }),
      ],
      'must be false, or limits of login, sessions, licenses and other',
    ),
  ),
  sessionTtlSeconds: v.optional(number),
  playbackSessionTtlSeconds: v.optional(number),
  prefetchTtlSeconds: v.optional(number),
  deviceTtlSeconds: v.optional(number),
  heartbeatSeconds: v.optional(number),
  leaseGraceSeconds: v.optional(number),
  bindLicensesToLeases: v.optional(switchable),
  anonymousSessionLimit: v.optional(number),
});

/** A configuration file of an entitlement server, checked, with its secrets still to be read. */
export type Configuration = v.InferOutput<typeof configurationSchema>;
