import { navigate } from '../navigation/navigation.js';
import { canPlay, SYSTEMS, watchPath, type WatchChoices } from '../routes.js';
import { ChoiceSwitch } from './choice-switch.js';
import { isSimulated, SYSTEM_NAMES } from './key-systems.js';

const NOTE_ID = 'system-note';

/** Chooses the key system; the address keeps the choice. */
export function SystemSwitch({ contentId, choices }: { contentId: string; choices: WatchChoices }) {
  const options = SYSTEMS.map((value) => ({
    value,
    label: SYSTEM_NAMES[value],
    note: isSimulated(value) ? 'simulated' : 'built in',
    disabledBy: canPlay(value, choices.format) ? undefined : NOTE_ID,
  }));

  return (
    <>
      <ChoiceSwitch
        legend="Protection"
        name="system"
        choices={options}
        value={choices.system}
        onChange={(system) => navigate(watchPath(contentId, { ...choices, system }), 'replace')}
      />
      {options.some(({ disabledBy }) => disabledBy !== undefined) && (
        <p className="switch-note" id={NOTE_ID}>
          FairPlay decrypts cbcs only: choose HLS or DASH cbcs for it.
        </p>
      )}
    </>
  );
}
