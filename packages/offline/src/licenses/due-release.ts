import type { Source } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { LicenseRecord } from './license-record.js';

/**
 * A license that is to be given back, and has not been yet. It is written before there is anything to give back, as soon as
 * its session has an id, and deleted when the license is known by its record: so no crash leaves one that nobody knows of.
 */
export type DueRelease = SessionRelease | ListedRelease;

interface DueReleaseFacts {
  /** Tells it from the others. */
  readonly id: string;
  readonly titleId: string;
  /** Where it goes; without functions, headers and keys. */
  readonly source: Source;
  readonly keyIds: readonly KeyId[];
}

/** A session that the module may have stored. */
export interface SessionRelease extends DueReleaseFacts {
  readonly kind: 'session';
  readonly keySystem: string;
  readonly sessionId: string;
  readonly rightsId: string | null;
}

/** Something that a server has on its list, and no module has. */
export interface ListedRelease extends DueReleaseFacts {
  readonly kind: 'listed';
  readonly rightsId: string;
}

/** What of a record a release is made of. */
export type ReleaseFacts = Pick<LicenseRecord, 'titleId' | 'source' | 'keyIds' | 'rightsId'>;

/** The release of one session. */
export function releaseOfSession(
  { titleId, source, keyIds, rightsId }: ReleaseFacts,
  keySystem: string,
  sessionId: string,
): SessionRelease {
  const id = `${keySystem} ${sessionId}`;

  return { kind: 'session', id, titleId, source, keyIds, rightsId, keySystem, sessionId };
}

/** All that is to be given back of a license; none where nobody keeps count of it. */
export function releasesOf(record: LicenseRecord | null): readonly DueRelease[] {
  if (!record) return [];

  const { holder, titleId, source, keyIds, rightsId } = record;
  if (holder.mode === 'persistent' && holder.sessions.length > 0) {
    return holder.sessions.map(({ sessionId }) => releaseOfSession(record, holder.keySystem, sessionId));
  }
  if (rightsId === null) return [];

  return [{ kind: 'listed', id: `listed ${rightsId}`, titleId, source, keyIds, rightsId }];
}
