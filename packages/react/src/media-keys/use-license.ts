'use client';

import {
  IDLE_STATE,
  isLicenseError,
  licenseStatusOf,
  type KeyStatusEntry,
  type LicenseStatus,
  type PlaybackError,
  type PlayerActions,
  type PlayerState,
} from '@secure-player/core';
import type { MediaKeysState } from '@secure-player/core/dom';
import { useContext, useMemo, useSyncExternalStore } from 'react';

import { PlayerContext } from '../player/player-context.js';
import type { PlayerHandle } from '../secure-player/secure-player-props.js';

/** Whose license is meant: give one of the two, or none for the player around, or in the same `<PlayerScope>`. */
export interface UseLicenseOptions {
  /** What `useMediaKeys` gave. */
  mediaKeys?: MediaKeysState | undefined;
  /** What a ref to `<SecurePlayer>` gave, kept in state; null before it is mounted. */
  player?: PlayerHandle | null | undefined;
}

/** A license, and what can be done about it; the same object while nothing changes. */
export interface License {
  readonly status: LicenseStatus;
  readonly keySystem: string | null;
  readonly keyStatuses: readonly KeyStatusEntry[];
  /** When the first of its keys ends, in epoch milliseconds; null where none does. */
  readonly expiresAt: number | null;
  /** Why there is none; null for failures that are not about licenses, such as a manifest that is missing. */
  readonly error: PlaybackError | null;
  /** Takes a new license now. Rejects with a PlaybackError; calls while one is under way share it. */
  readonly renew: () => Promise<void>;
  /** Gives the license back: playback ends where what is decoded ends. Rejects with a PlaybackError. */
  readonly release: () => Promise<void>;
}

/** What is read of a player, whichever way it was come by. */
interface LicensedPlayer {
  readonly getState: () => PlayerState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly renewLicense: PlayerActions['renewLicense'];
  readonly releaseLicense: PlayerActions['releaseLicense'];
}

const NO_PLAYER: LicensedPlayer = {
  getState: () => IDLE_STATE,
  subscribe: () => () => {},
  renewLicense: () => Promise.resolve(),
  releaseLicense: () => Promise.resolve(),
};

const getIdleDrm = () => IDLE_STATE.drm;
const getNoError = () => null;

/**
 * How it is with the license of a player, or of the keys of a bare media element.
 *
 * @throws Error where neither is given and there is no player around: a mistake in the page.
 */
export function useLicense({ mediaKeys, player }: UseLicenseOptions = {}): License {
  const nearest = useNearestPlayer();
  const licensed = (mediaKeys ? NO_PLAYER : player === undefined ? nearest : player) ?? NO_PLAYER;
  if (!mediaKeys && player === undefined && !nearest) {
    throw new Error(
      'useLicense has no license to speak of: give it `{ mediaKeys }` of useMediaKeys, or `{ player }` of a ref to ' +
        '<SecurePlayer>, or call it below <SecurePlayer> or in a <PlayerScope>.',
    );
  }

  const ofPlayer = usePlayerLicense(licensed);
  return useMemo(() => (mediaKeys ? toLicense(mediaKeys) : ofPlayer), [mediaKeys, ofPlayer]);
}

function useNearestPlayer(): LicensedPlayer | null {
  const nearest = useContext(PlayerContext);

  return useMemo(() => {
    if (!nearest) return null;

    const { getState, subscribe, actions } = nearest;
    return { getState, subscribe, ...actions };
  }, [nearest]);
}

/** Two slices, so that the time that passes renders nothing. */
function usePlayerLicense(player: LicensedPlayer): License {
  const { getState, subscribe } = player;
  const drm = useSyncExternalStore(subscribe, () => getState().drm, getIdleDrm);
  const error = useSyncExternalStore(subscribe, () => licenseErrorOf(getState()), getNoError);

  return useMemo(() => {
    const { keySystem, keyStatuses, expiresAt, renewal } = drm;
    const status = licenseStatusOf({ keyStatuses, renewal, error, isAsked: keySystem !== null });
    const { renewLicense: renew, releaseLicense: release } = player;

    return Object.freeze({ status, keySystem, keyStatuses, expiresAt, error, renew, release });
  }, [player, drm, error]);
}

function licenseErrorOf({ error }: PlayerState): PlaybackError | null {
  return error && isLicenseError(error) ? error : null;
}

function toLicense(state: MediaKeysState): License {
  const { keySystem, keyStatuses, sessions, renewal, renew, release } = state;
  const error = state.error && isLicenseError(state.error) ? state.error : null;
  const ends = sessions.flatMap(({ expiresAt }) => expiresAt ?? []);
  const status = licenseStatusOf({ keyStatuses, renewal, error, isAsked: sessions.length > 0 });
  const expiresAt = ends.length > 0 ? Math.min(...ends) : null;

  return Object.freeze({ status, keySystem, keyStatuses, expiresAt, error, renew, release });
}
