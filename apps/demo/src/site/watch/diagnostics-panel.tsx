import { DrmTimelinePanel, useQualityOfExperience } from '@secure-player/react';

/** How playback went, and what became of protection on the way: for those who want to know. */
export function DiagnosticsPanel() {
  return (
    <details className="panel" data-panel="diagnostics">
      <summary>
        <h2>Diagnostics</h2>
      </summary>
      <Figures />
      <DrmTimelinePanel headingLevel={3} />
    </details>
  );
}

function Figures() {
  const { timeToFirstFrameMs, drmShare, rebufferCount, rebufferSeconds, droppedFrames, totalFrames } =
    useQualityOfExperience();
  const figures = [
    ['First frame', timeToFirstFrameMs === null ? 'Not yet' : `${(timeToFirstFrameMs / 1000).toFixed(2)} s`],
    ['Spent on DRM', drmShare === null ? 'Not yet' : `${Math.round(drmShare * 100)} %`],
    ['Rebuffering', rebufferCount === 0 ? 'None' : `${rebufferCount} times, ${rebufferSeconds.toFixed(1)} s`],
    ['Dropped frames', totalFrames ? `${droppedFrames} of ${totalFrames}` : 'Not yet'],
  ] as const;

  return (
    <dl className="facts">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
