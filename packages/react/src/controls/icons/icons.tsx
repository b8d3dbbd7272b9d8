'use client';

import type { ReactElement } from 'react';

import { drawn, filled, Icon } from './shapes.js';

type IconName =
  | 'play'
  | 'pause'
  | 'replay'
  | 'skipBackward'
  | 'skipForward'
  | 'muted'
  | 'quiet'
  | 'loud'
  | 'captions'
  | 'audio'
  | 'quality'
  | 'speed'
  | 'settings'
  | 'pictureInPicture'
  | 'enterFullscreen'
  | 'exitFullscreen'
  | 'airPlay'
  | 'cast'
  | 'check'
  | 'next'
  | 'back';

const SPEAKER = 'M4 9.5h3.2L12 5.5v13l-4.8-4H4z';
const SCREEN = 'M8 18H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-3';

function skip(path: string): ReactElement {
  return drawn(
    path,
    <text x="12" y="15.7" fontSize="7.5" fontWeight="700" textAnchor="middle" fill="currentColor">
      10
    </text>,
  );
}

/** The drawings of the controls, by what they mean. */
export const ICONS: Readonly<Record<IconName, ReactElement>> = {
  play: filled('M7.5 4.6v14.8a1 1 0 0 0 1.52.85l12-7.4a1 1 0 0 0 0-1.7l-12-7.4a1 1 0 0 0-1.52.85z'),
  pause: filled(
    'M7 4.5h2.2a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zm7.8 0H17a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-2.2a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1z',
  ),
  replay: drawn('M5.2 9.2A7.5 7.5 0 1 1 4.5 13M4.6 4.4v5h5'),
  skipBackward: skip('M6.2 7.4A8 8 0 1 1 4 12.6M6.6 3.2 5.8 7.9l4.7.7'),
  skipForward: skip('M17.8 7.4A8 8 0 1 0 20 12.6M17.4 3.2l.8 4.7-4.7.7'),
  muted: drawn(`${SPEAKER}M16.5 9.5l5 5m0-5l-5 5`),
  quiet: drawn(`${SPEAKER}M15.5 9.3a4 4 0 0 1 0 5.4`),
  loud: drawn(`${SPEAKER}M15.5 9.3a4 4 0 0 1 0 5.4M18.2 6.6a7.8 7.8 0 0 1 0 10.8`),
  captions: drawn(
    'M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM10.3 10.4a2.3 2.3 0 1 0 0 3.2M17.3 10.4a2.3 2.3 0 1 0 0 3.2',
  ),
  audio: drawn('M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4'),
  quality: drawn(
    'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7 9v6m0-3h4m0-3v6m3-6v6h1a3 3 0 0 0 0-6z',
  ),
  speed: drawn('M5.6 18.4a9 9 0 1 1 12.8 0M12 12l4-4'),
  settings: (
    <Icon>
      <circle
        cx="12"
        cy="12"
        r="8"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.4"
        strokeDasharray="3.1416 3.1416"
        strokeDashoffset="1.5708"
      />
      <circle cx="12" cy="12" r="5.4" fill="none" stroke="currentColor" strokeWidth="2.8" />
    </Icon>
  ),
  pictureInPicture: drawn(
    'M10 18H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v3',
    <rect x="12.5" y="12.5" width="9.5" height="7" rx="1.2" fill="currentColor" />,
  ),
  enterFullscreen: drawn(
    'M4 9V5a1 1 0 0 1 1-1h4m6 0h4a1 1 0 0 1 1 1v4m0 6v4a1 1 0 0 1-1 1h-4m-6 0H5a1 1 0 0 1-1-1v-4',
  ),
  exitFullscreen: drawn(
    'M9 4v4a1 1 0 0 1-1 1H4m16 0h-4a1 1 0 0 1-1-1V4m0 16v-4a1 1 0 0 1 1-1h4M4 15h4a1 1 0 0 1 1 1v4',
  ),
  airPlay: drawn(SCREEN, <path d="M12 14l5.5 6.5h-11z" fill="currentColor" />),
  cast: drawn(
    'M3 9V7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-5M3 13a6 6 0 0 1 6 6M3 17a2 2 0 0 1 2 2',
  ),
  check: drawn('M5 12.5l4.5 4.5L19 7.5'),
  next: drawn('M9.5 6l6 6-6 6'),
  back: drawn('M14.5 6l-6 6 6 6'),
};
