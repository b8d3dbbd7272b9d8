import { useMemo, type RefObject } from 'react';
import type { PlayerHandle, RecoveryHandlers } from '@secure-player/react';

import { navigate } from '../navigation/navigation.js';
import { plansPath, signInPath } from '../routes.js';

/** Where the buttons of the player's error surface lead. `reopen` makes what is played anew. */
export function useRecovery(
  here: string,
  player: RefObject<PlayerHandle | null>,
  reopen: () => void,
): RecoveryHandlers {
  return useMemo(
    () => ({
      'sign-in': () => navigate(signInPath(here)),
      'upgrade-plan': () => navigate(plansPath(here)),
      retry: ({ code }) => {
        // A session that is over stays over: only a new one has a license URL that works.
        if (code === 'playback-session-ended') reopen();
        else player.current?.retry();
      },
    }),
    [here, player, reopen],
  );
}
