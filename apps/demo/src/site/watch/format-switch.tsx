import { navigate } from '../navigation/navigation.js';
import { FORMATS, watchPath, type WatchFormat } from '../routes.js';

const LABELS: Readonly<Record<WatchFormat, string>> = { dash: 'DASH', hls: 'HLS', 'dash-cbcs': 'DASH cbcs' };

/** Chooses the packaged form of the title; the address keeps the choice. */
export function FormatSwitch({ contentId, format }: { contentId: string; format: WatchFormat }) {
  return (
    <fieldset className="format-switch">
      <legend>Format</legend>
      {FORMATS.map((candidate) => (
        <label key={candidate}>
          <input
            type="radio"
            name="format"
            value={candidate}
            checked={candidate === format}
            onChange={() => navigate(watchPath(contentId, candidate), 'replace')}
          />
          <span>{LABELS[candidate]}</span>
        </label>
      ))}
    </fieldset>
  );
}
