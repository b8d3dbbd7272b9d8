import { navigate } from '../navigation/navigation.js';
import { FORMATS, watchPath, type WatchChoices, type WatchFormat } from '../routes.js';
import { ChoiceSwitch } from './choice-switch.js';

const LABELS: Readonly<Record<WatchFormat, string>> = { dash: 'DASH', hls: 'HLS', 'dash-cbcs': 'DASH cbcs' };
const CHOICES = FORMATS.map((value) => ({ value, label: LABELS[value] }));

/** Chooses the packaged form of the title; the address keeps the choice. */
export function FormatSwitch({ contentId, choices }: { contentId: string; choices: WatchChoices }) {
  return (
    <ChoiceSwitch
      legend="Format"
      name="format"
      choices={CHOICES}
      value={choices.format}
      onChange={(format) => navigate(watchPath(contentId, { ...choices, format }), 'replace')}
    />
  );
}
