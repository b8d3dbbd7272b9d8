import { ENGLISH_MESSAGES } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { trackLabels, type NamedTrack } from './track-labels.js';

const { trackKinds } = ENGLISH_MESSAGES.controls;
const track = (language: string, label: string | null = null, kind: string | null = null): NamedTrack => ({
  language,
  label,
  kind,
});
const namesOf = (...tracks: readonly NamedTrack[]) => trackLabels(tracks, trackKinds);

describe('tracks', () => {
  it('are called by their language, in its own words', () => {
    expect(namesOf(track('en'), track('es', 'es'), track('ar', 'AD'))).toEqual([
      'English',
      'Español',
      'العربية',
    ]);
  });

  it('are called by a label that tells more, or where nobody knows the language', () => {
    expect(namesOf(track('en', 'English (commentary)'), track('und', 'Music'), track('und'))).toEqual([
      'English (commentary)',
      'Music',
      'und',
    ]);
  });
});

describe('tracks of one language', () => {
  it('are told apart by a label, however short', () => {
    expect(namesOf(track('en'), track('en', 'AD'), track('en', '5.1'), track('fr'))).toEqual([
      'English',
      'English (AD)',
      'English (5.1)',
      'Français',
    ]);
  });

  it('are told apart by their kind where the label says nothing', () => {
    expect(namesOf(track('en', 'English', 'main'), track('en', 'english', 'description'))).toEqual([
      'English',
      'English (audio description)',
    ]);
    expect(namesOf(track('en', null, 'subtitles'), track('en', 'en', 'captions'))).toEqual([
      'English',
      'English (for the hard of hearing)',
    ]);
  });

  it('are told apart by both where the labels are the same', () => {
    expect(namesOf(track('en', '2.0', 'main'), track('en', '2.0', 'commentary'))).toEqual([
      'English (2.0)',
      'English (2.0) (commentary)',
    ]);
  });

  it('are told apart by their channels where nothing else does', () => {
    const tracks = [2, 6, 7].map((channels) => ({ ...track('en', 'English', 'main'), channels }));
    expect(namesOf(...tracks)).toEqual(['English (2.0)', 'English (5.1)', 'English']);
  });

  it('keep their name where nothing is known of their kind', () => {
    expect(namesOf(track('en', null, 'constructor'), track('en', null, 'main'))).toEqual([
      'English',
      'English',
    ]);
    expect(trackLabels([track('en', 'AD'), track('en')])).toEqual(['English (AD)', 'English']);
  });
});
