import { VirtualCdmError } from '../virtual-cdm-error.js';
import { isPersistentSessionType } from '../access/is-persistent-session-type.js';
import { checkSystem } from './check-system.js';
import type { VirtualSystem } from './virtual-system.js';

/** What can be said of a key system in place of what it is by default; undefined says nothing. */
export type SystemOverrides = {
  readonly [Member in Exclude<keyof VirtualSystem, 'dialect'>]?: VirtualSystem[Member] | undefined;
} & {
  /** Adds `persistent-usage-record` to the session types, as EME had it until 2021. @default false */
  readonly usageRecords?: boolean | undefined;
};

/**
 * A key system that is `base` but for the overrides. Where persistent state is taken away, persistent session types go
 * with it, unless they were asked for.
 *
 * @throws VirtualCdmError `invalid-options`
 */
export function createSystem(base: VirtualSystem, overrides: SystemOverrides): VirtualSystem {
  const { usageRecords = false, ...members } = overrides;
  const system: VirtualSystem = { ...base, ...withoutUndefined(members) };
  const isStateless = system.persistentState === 'not-supported' && members.sessionTypes === undefined;
  const sessionTypes = isStateless
    ? system.sessionTypes.filter((type) => !isPersistentSessionType(type))
    : system.sessionTypes;

  return checkSystem({
    ...system,
    sessionTypes: usageRecords ? withUsageRecords(sessionTypes) : sessionTypes,
  });
}

/** Refuses robustness levels that a well-known key system does not have, which no page would ever ask for. */
export function requireKnownRobustness(system: VirtualSystem, known: readonly string[]): VirtualSystem {
  const levels = [...system.videoRobustness, ...system.audioRobustness];
  if (levels.every((level) => known.includes(level))) return system;

  const allowed = known.length === 0 ? 'has no robustness levels' : `has the levels ${known.join(', ')}`;
  throw new VirtualCdmError(
    'invalid-options',
    `${system.keySystem} ${allowed}. For a key system with others, use system().`,
  );
}

/** What belongs to a level of security. @throws VirtualCdmError `invalid-options` for a level that there is not. */
export function requireLevel<Level extends string, Traits>(
  levels: Readonly<Record<Level, Traits>>,
  level: Level,
): Traits {
  if (Object.hasOwn(levels, level)) return levels[level];

  throw new VirtualCdmError('invalid-options', `\`level\` must be one of ${Object.keys(levels).join(', ')}.`);
}

function withUsageRecords(sessionTypes: VirtualSystem['sessionTypes']): VirtualSystem['sessionTypes'] {
  return sessionTypes.includes('persistent-usage-record')
    ? sessionTypes
    : [...sessionTypes, 'persistent-usage-record'];
}

function withoutUndefined<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: Exclude<Members[Name], undefined>;
  };
}
