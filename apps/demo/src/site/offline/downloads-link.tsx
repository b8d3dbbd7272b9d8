import { Link } from '../navigation/link.js';
import { DOWNLOADS_PATH } from '../routes.js';
import { summarizeDownloads, type DownloadsSummary } from './summarize-downloads.js';
import { useDownloadsReading } from './use-downloads-reading.js';

/** Circumference of the ring, in units of its drawing. */
const AROUND = 2 * Math.PI * 10;
const RINGED_ARROW = 'M12 6.5v8m-3.4-3.2L12 14.7l3.4-3.4M8.2 17.5h7.6';

/** The way to the downloads: how many there are, and how far those under way have come. */
export function DownloadsLink({ isCurrent }: { isCurrent: boolean }) {
  const reading = useDownloadsReading();
  const summary = summarizeDownloads(reading.status === 'ready' ? reading.state.downloads : []);

  return (
    <Link
      className="downloads-link"
      to={DOWNLOADS_PATH}
      aria-label={describe(summary)}
      aria-current={isCurrent ? 'page' : undefined}
      data-failed={summary.failed > 0 || undefined}
    >
      <svg className="downloads-link-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        {summary.progress !== null && <Ring progress={summary.progress} />}
        {/* The arrow alone fills its place; within the ring it is smaller. */}
        <path
          d={summary.progress === null ? 'M12 4v11m-4.8-4.6L12 15.2l4.8-4.8M5.5 19.5h13' : RINGED_ARROW}
        />
      </svg>
      <span className="downloads-link-name">Downloads</span>
      {summary.count > 0 && <span className="downloads-link-count">{summary.count}</span>}
    </Link>
  );
}

function Ring({ progress }: { progress: number }) {
  return (
    <>
      <circle className="downloads-link-track" cx="12" cy="12" r="10" />
      <circle
        className="downloads-link-ring"
        cx="12"
        cy="12"
        r="10"
        strokeDasharray={AROUND}
        strokeDashoffset={AROUND * (1 - progress)}
        transform="rotate(-90 12 12)"
      />
    </>
  );
}

/** Without the share, of which nobody wants to hear each percent. */
function describe({ count, underWay, failed }: DownloadsSummary): string {
  if (count === 0) return 'Downloads';

  const parts = [`${count} on this device`];
  if (underWay > 0) parts.push(`${underWay} under way`);
  if (failed > 0) parts.push(`${failed} stopped`);
  return `Downloads, ${parts.join(', ')}`;
}
