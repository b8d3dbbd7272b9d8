import type { DownloadStage, DownloadStatus } from '@secure-player/offline';

/**
 * What the components of downloads say; errors and what can be done about them are in the words of the provider's `messages`.
 * In braces: what the components put there, in words of `language`.
 */
export interface DownloadMessages {
  /** BCP 47: how numbers, sizes and times are written. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The name of the list. */
  readonly label: string;
  readonly download: string;
  readonly play: string;
  readonly pause: string;
  readonly resume: string;
  readonly remove: string;
  readonly cancel: string;
  /** A title without one. */
  readonly untitled: string;
  /** An estimate, with `{size}`. */
  readonly about: string;
  readonly stages: Readonly<Record<Exclude<DownloadStatus, 'waiting'>, string>>;
  readonly waitingFor: Readonly<Record<Extract<DownloadStage, { status: 'waiting' }>['waitingFor'], string>>;
  /** When it waits for its next attempt, with `{time}`. */
  readonly retryAt: string;
  /** With `{received}` and `{total}`, both sizes. */
  readonly received: string;
  /** With `{time}`, a stretch of time. */
  readonly timeLeft: string;
  /** The name of a progress bar, with `{title}`. */
  readonly progress: string;
  /** The name of a button, with `{action}` and `{title}`. */
  readonly actionOf: string;
  readonly license: {
    /** With `{time}`, a moment. */
    readonly watchUntil: string;
    /** A rental that nobody has begun to watch, with `{time}`, a stretch of time. */
    readonly watchWithin: string;
    /** Nothing ends, and no network is needed. */
    readonly noEnd: string;
    /** The title is here, and its license comes from a server at each playback. */
    readonly needsNetwork: string;
  };
  readonly choice: {
    /** The name of the dialog, with `{title}`. */
    readonly label: string;
    readonly reading: string;
    readonly picture: string;
    readonly sound: string;
    readonly subtitles: string;
    /** With `{size}`. */
    readonly free: string;
    readonly tooLarge: string;
  };
  readonly removal: {
    /** With `{title}`. */
    readonly label: string;
    readonly text: string;
    readonly keep: string;
  };
  readonly list: {
    readonly starting: string;
    readonly empty: string;
    readonly emptyText: string;
  };
  readonly space: {
    /** The name of the bar. */
    readonly label: string;
    /** With `{size}`. */
    readonly used: string;
    /** With `{size}` and `{total}`. */
    readonly free: string;
    /** Where the browser has promised nothing. */
    readonly notPersisted: string;
  };
}

/** The texts in English. */
export const ENGLISH_DOWNLOADS: DownloadMessages = Object.freeze({
  language: 'en',
  direction: 'ltr',
  label: 'Downloads',
  download: 'Download',
  play: 'Play',
  pause: 'Pause',
  resume: 'Resume',
  remove: 'Remove',
  cancel: 'Cancel',
  untitled: 'Untitled video',
  about: 'About {size}',
  stages: {
    queued: 'In the queue',
    preparing: 'Getting ready',
    downloading: 'Downloading',
    paused: 'Paused',
    complete: 'Downloaded',
    failed: 'Stopped',
    removing: 'Removing',
  },
  waitingFor: {
    network: 'Waiting for a network',
    'unmetered-network': 'Waiting for Wi-Fi',
    retry: 'Trying again soon',
  },
  retryAt: 'Trying again at {time}',
  received: '{received} of {total}',
  timeLeft: '{time} left',
  progress: 'Progress of {title}',
  actionOf: '{action}: {title}',
  license: {
    watchUntil: 'You can watch until {time}',
    watchWithin: 'Watch within {time} after starting',
    noEnd: 'Plays without a network',
    needsNetwork: 'Needs a network to start playing',
  },
  choice: {
    label: 'Download {title}',
    reading: 'Looking at what there is',
    picture: 'Picture',
    sound: 'Sound',
    subtitles: 'Subtitles',
    free: '{size} free on this device',
    tooLarge: 'There may not be enough room on this device.',
  },
  removal: {
    label: 'Remove {title}?',
    text: 'It is deleted from this device. To watch it without a network, you would have to download it again.',
    keep: 'Keep',
  },
  list: {
    starting: 'Reading what is on this device',
    empty: 'No downloads yet',
    emptyText: 'What you download is kept here, to be watched without a network.',
  },
  space: {
    label: 'Room on this device',
    used: '{size} in use',
    free: '{size} of {total} free',
    notPersisted: 'When this device runs short of room, the browser may delete downloads by itself.',
  },
});
