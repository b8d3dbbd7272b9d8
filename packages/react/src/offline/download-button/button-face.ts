import type { Download, DownloadsState } from '@secure-player/offline';

import type { DOWNLOAD_ICONS } from '../icons/download-icons.js';
import type { DownloadMessages } from '../messages/download-messages.js';

/** What a press on the button does. */
export type ButtonAction = 'start' | 'pause' | 'resume' | 'play' | 'recover' | 'none';

/** How the button looks, and what it does. */
export interface ButtonFace {
  readonly icon: keyof typeof DOWNLOAD_ICONS;
  readonly action: ButtonAction;
  /** Of the ring: from 0 to 1, `null` where it turns, `undefined` where there is none. */
  readonly progress: number | null | undefined;
}

interface Situation {
  readonly status: DownloadsState['status'];
  readonly download: Download | null;
  readonly isTroubled: boolean;
  /** Whether anything can be done about the trouble. */
  readonly isRecoverable: boolean;
  readonly canPlay: boolean;
}

/** The one table of the button: what it is in each situation. */
export function buttonFace(situation: Situation): ButtonFace {
  const { status, download, isTroubled, isRecoverable, canPlay } = situation;
  if (isTroubled) {
    return { icon: 'alert', action: isRecoverable ? 'recover' : 'none', progress: undefined };
  }
  if (download === null) {
    return { icon: 'download', action: status === 'ready' ? 'start' : 'none', progress: undefined };
  }

  const { progress } = download;
  switch (download.status) {
    case 'queued':
      return { icon: 'pause', action: 'pause', progress };
    case 'preparing':
      return { icon: 'pause', action: 'pause', progress: null };
    case 'downloading':
      return { icon: 'pause', action: 'pause', progress };
    case 'waiting':
      return { icon: 'wait', action: 'pause', progress };
    case 'paused':
      return { icon: 'resume', action: 'resume', progress };
    case 'complete':
      return canPlay
        ? { icon: 'play', action: 'play', progress }
        : { icon: 'check', action: 'none', progress };
    case 'removing':
      return { icon: 'remove', action: 'none', progress: null };
    case 'failed':
      return { icon: 'alert', action: 'none', progress: undefined };
  }

  return download satisfies never;
}

/** What a press does, in words that are heard before what the button shows; `null` where what it shows says it. */
export function actionWord(action: ButtonAction, messages: DownloadMessages): string | null {
  return action === 'pause' || action === 'resume' || action === 'play' ? messages[action] : null;
}
