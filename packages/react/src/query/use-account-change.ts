'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { securePlayerKeys, type KeyOwner } from './secure-player-keys.js';

/**
 * Forgets what was known of an account once another one is signed in.
 *
 * The keys alone keep accounts apart; this is for who shares a device: nothing of the one who left stays in memory. Queries
 * that another component still reads are left to it, as it forgets them itself when it has moved on.
 */
export function useAccountChange({ account }: KeyOwner): void {
  const client = useQueryClient();
  const last = useRef(account);

  useEffect(() => {
    if (last.current === account) return;

    const former = { account: last.current };
    last.current = account;
    client.removeQueries({ queryKey: securePlayerKeys.account(former), type: 'inactive' });
  }, [account, client]);
}
