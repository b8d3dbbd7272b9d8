import '@secure-player/react/styles.css';

import {
  ARABIC_DIAGNOSTICS,
  DrmTimelinePanel,
  PlayerScope,
  SecurePlayer,
  SecurePlayerProvider,
  useDrmTimeline,
  useQualityOfExperience,
  Watermark,
  type CmcdOptions,
  type DrmTimelineReading,
  type PlayerHandle,
  type QualityOfExperience,
  type Source,
  type WatermarkTampering,
} from '@secure-player/react';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests of the diagnostics drive from outside: one player, under StrictMode. */
export interface DiagnosticsHarness {
  show(source: Source, options: DiagnosticsOptions): void;
  player(): PlayerHandle;
  timeline(): DrmTimelineReading;
  /** What the figures were at each render of whoever reads them. */
  readonly figures: QualityOfExperience[];
  readonly tamperings: WatermarkTampering[];
}

export interface DiagnosticsOptions {
  readonly token: string;
  readonly watermark?: string | undefined;
  readonly cmcd?: boolean | CmcdOptions | undefined;
  readonly isArabic?: boolean | undefined;
}

declare global {
  interface Window {
    diagnostics: DiagnosticsHarness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The harness page has no root element.');

const root = createRoot(container);
let handle: PlayerHandle | null = null;
let timeline: DrmTimelineReading | null = null;

const figures: QualityOfExperience[] = [];
const tamperings: WatermarkTampering[] = [];

function FiguresReader() {
  const measured = useQualityOfExperience();
  useEffect(() => {
    figures.push(measured);
  });

  return null;
}

function TimelineReader() {
  const reading = useDrmTimeline();
  useEffect(() => {
    timeline = reading;
  });

  return null;
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('The player is not mounted.');
  return value;
}

window.diagnostics = {
  figures,
  tamperings,
  show(source, { token, watermark, cmcd, isArabic }) {
    const authorize = () => token;
    root.render(
      <StrictMode>
        <SecurePlayerProvider authorize={authorize}>
          <PlayerScope>
            <SecurePlayer
              ref={(player) => {
                handle = player;
              }}
              source={source}
              cmcd={cmcd}
              autoPlay
              muted
            >
              {watermark !== undefined && (
                <Watermark
                  text={watermark}
                  sessionId={source.session?.id}
                  onTamper={(tampering) => tamperings.push(tampering)}
                />
              )}
            </SecurePlayer>
            <FiguresReader />
            <TimelineReader />
            <DrmTimelinePanel messages={isArabic ? ARABIC_DIAGNOSTICS : undefined} />
          </PlayerScope>
        </SecurePlayerProvider>
      </StrictMode>,
    );
  },
  player: () => present(handle),
  timeline: () => present(timeline),
};
