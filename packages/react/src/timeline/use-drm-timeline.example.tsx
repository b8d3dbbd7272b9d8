import {
  DrmTimelinePanel,
  PlayerScope,
  SecurePlayer,
  useDrmTimeline,
  type Source,
} from '@secure-player/react';

function ReportButton({ report }: { report: (text: string) => void }) {
  const { entries, exportTimeline } = useDrmTimeline();

  return (
    <button type="button" disabled={entries.length === 0} onClick={() => report(exportTimeline())}>
      Send a report
    </button>
  );
}

interface SupportPageProps {
  readonly source: Source;
  readonly report: (text: string) => void;
}

export const SupportPage = ({ source, report }: SupportPageProps) => (
  <PlayerScope>
    <SecurePlayer controls source={source} />
    <DrmTimelinePanel />
    <ReportButton report={report} />
  </PlayerScope>
);
