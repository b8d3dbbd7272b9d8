'use client';

import type { ControlMessages } from '@secure-player/core';

import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';

/** What the controls say. */
export function useControlMessages(): ControlMessages {
  return useSecurePlayerSettings().messages.controls;
}
