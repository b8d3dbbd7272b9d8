import { usePlayer, type Quality, type UnusableReason } from '@secure-player/react';

const REASONS: Readonly<Record<UnusableReason, string>> = {
  'key-missing': 'Not in your plan: its key was not sent',
  'output-restricted': 'Not allowed on this display',
  'key-expired': 'Its license has ended',
};

/** The renditions of the title: which one shows, and why others cannot. `maxHeight` is what the plan ends at. */
export function QualityPanel({ maxHeight }: { maxHeight: number | undefined }) {
  const qualities = usePlayer((state) => state.qualities);
  const current = usePlayer(({ status, quality }) => (status === 'error' ? undefined : quality?.id));

  return (
    <section className="panel" aria-labelledby="picture">
      <h2 id="picture">Picture</h2>
      {qualities.length === 0 ? (
        <p className="panel-empty">Known once the film is open</p>
      ) : (
        <ul className="quality-list">
          {qualities.map((quality) => (
            <QualityRow key={quality.id} quality={quality} isCurrent={quality.id === current} />
          ))}
        </ul>
      )}
      {maxHeight !== undefined && (
        <p className="panel-note">Your plan goes up to {maxHeight}p. Premium has more.</p>
      )}
    </section>
  );
}

function QualityRow({ quality, isCurrent }: { quality: Quality; isCurrent: boolean }) {
  const { height, bandwidth, unusableReason } = quality;

  return (
    <li className="quality" aria-current={isCurrent || undefined} data-usable={unusableReason === undefined}>
      <span className="quality-name">{height === null ? 'Picture' : `${height}p`}</span>
      <span className="quality-note">
        {unusableReason ? REASONS[unusableReason] : `${Math.round(bandwidth / 1000)} kbit/s`}
      </span>
      {isCurrent && <span className="quality-now">Playing</span>}
    </li>
  );
}
