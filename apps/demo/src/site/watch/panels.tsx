import type { WatchChoices } from '../routes.js';
import { DevicePanel } from './device-panel.js';
import { DiagnosticsPanel } from './diagnostics-panel.js';
import { LanguagePanel } from './language-panel.js';
import { ProtectionPanel } from './protection-panel.js';
import { QualityPanel } from './quality-panel.js';
import type { Device } from './use-simulated-device.js';

/** Props of {@link Panels}. */
export interface PanelsProps {
  contentId: string;
  choices: WatchChoices;
  device: Device;
  maxHeight: number | undefined;
}

/** They lie beside the player and read its state: as its children in React, and elsewhere in the document. */
export function Panels({ contentId, choices, device, maxHeight }: PanelsProps) {
  return (
    <>
      <QualityPanel maxHeight={maxHeight} />
      <LanguagePanel />
      <ProtectionPanel {...choices} />
      {device.status === 'simulated' && (
        <DevicePanel contentId={contentId} choices={choices} handle={device.handle} />
      )}
      <DiagnosticsPanel />
    </>
  );
}
