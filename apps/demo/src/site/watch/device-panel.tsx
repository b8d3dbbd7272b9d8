import { usePlayer } from '@secure-player/react';
import type { VirtualCdmHandle } from '@secure-player/virtual-cdm';

import { navigate } from '../navigation/navigation.js';
import { HDCP_CHOICES, watchPath, type WatchChoices, type WatchHdcp } from '../routes.js';
import { ChoiceSwitch } from './choice-switch.js';
import { DeviceLog } from './device-log.js';
import { SYSTEM_NAMES } from './key-systems.js';

const HDCP_NAMES: Readonly<Record<WatchHdcp, string>> = {
  '2.2': 'HDCP 2.2',
  '1.4': 'HDCP 1.4',
  none: 'No HDCP',
};
const DISPLAYS = HDCP_CHOICES.map((value) => ({ value, label: HDCP_NAMES[value] }));

/** What can happen to a device while a film plays. */
const FAULTS: readonly { readonly name: string; readonly strike: (handle: VirtualCdmHandle) => void }[] = [
  { name: 'Renew the license', strike: (handle) => handle.renewNow() },
  { name: 'Refuse the next license', strike: (handle) => handle.failNext('update', 'TypeError') },
  { name: 'Reset the hardware', strike: (handle) => handle.resetHardware() },
  { name: 'Let the license expire', strike: expireAll },
];

/** What {@link DevicePanel} shows and changes. */
export interface DevicePanelProps {
  contentId: string;
  choices: WatchChoices;
  handle: VirtualCdmHandle;
}

/** The simulated device: its display, what may go wrong with it, and what it has done. */
export function DevicePanel({ contentId, choices, handle }: DevicePanelProps) {
  return (
    <section className="panel" data-panel="device" aria-labelledby="device">
      <h2 id="device">Simulated device</h2>
      <p className="panel-note">
        {SYSTEM_NAMES[choices.system]} is a simulation here, for tests and demos: a virtual CDM decrypts the
        film in this page, by the browser’s Clear Key. It is no DRM and protects nothing.
      </p>
      <div className="device-controls">
        <ChoiceSwitch
          legend="Display"
          name="hdcp"
          choices={DISPLAYS}
          value={choices.hdcp}
          onChange={(hdcp) => navigate(watchPath(contentId, { ...choices, hdcp }), 'replace')}
        />
        <FaultButtons handle={handle} />
      </div>
      <DeviceLog handle={handle} />
    </section>
  );
}

function FaultButtons({ handle }: { handle: VirtualCdmHandle }) {
  const hasLicense = usePlayer(({ drm, status }) => drm.keyStatuses.length > 0 && status !== 'error');

  return (
    <fieldset className="faults">
      <legend>Make something happen</legend>
      {FAULTS.map(({ name, strike }) => (
        <button
          key={name}
          className="button"
          data-small=""
          type="button"
          disabled={!hasLicense}
          onClick={() => strike(handle)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

function expireAll(handle: VirtualCdmHandle): void {
  for (const { closedReason, keyStatuses } of handle.sessions) {
    const [key] = keyStatuses;
    if (closedReason === null && key) handle.expire(key.keyId);
  }
}
