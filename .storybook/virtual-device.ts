import {
  fairplay,
  installVirtualCdm,
  playready,
  widevine,
  type VirtualCdmHandle,
} from '@secure-player/virtual-cdm';

/** Which key system a story plays under: `org.w3.clearkey` is the browser's own, the others are simulated. */
export type StoryKeySystem =
  | 'org.w3.clearkey'
  | 'com.widevine.alpha'
  | 'com.microsoft.playready'
  | 'com.apple.fps';

/** What HDCP the simulated display has. */
export type StoryHdcp = '2.2' | '1.4' | 'none';

/** What happens to the simulated device. */
export type StoryFault = 'none' | 'license-refused' | 'expired' | 'output-restricted' | 'hardware-reset';

/** What the toolbar says. */
export interface VirtualDeviceSettings {
  readonly keySystem: StoryKeySystem;
  readonly hdcp: StoryHdcp;
  readonly fault: StoryFault;
}

const LOOK_EVERY_MS = 200;

/**
 * The virtual CDM, once for all stories and before any of them loads a streaming engine: it plays its own key systems, and
 * leaves Clear Key to the browser.
 */
const handle = installVirtualCdm({ systems: [widevine(), playready(), fairplay()], storage: 'memory' });
let timer: ReturnType<typeof setInterval> | undefined;

/** Makes the simulated device what the toolbar says, before a story plays, and gives what to hold it by. */
export function setVirtualDevice({ keySystem, hdcp, fault }: VirtualDeviceSettings): VirtualCdmHandle {
  clearInterval(timer);
  handle.setHdcp(hdcp);
  if (keySystem === 'org.w3.clearkey' || fault === 'none') return handle;

  if (fault === 'license-refused') handle.failNext('update', 'TypeError');
  else strikeOncePlaying(handle, fault);
  return handle;
}

/** A device tells nobody when it has its license, so it is looked at. */
function strikeOncePlaying(
  device: VirtualCdmHandle,
  fault: Exclude<StoryFault, 'none' | 'license-refused'>,
): void {
  const before = new Set(device.sessions.map(({ sessionId }) => sessionId));
  timer = setInterval(() => {
    const sessions = device.sessions.filter(
      ({ sessionId, closedReason }) => closedReason === null && !before.has(sessionId),
    );
    const keyIds = sessions.flatMap(({ keyStatuses }) => keyStatuses.map(({ keyId }) => keyId));
    if (keyIds.length === 0) return;

    clearInterval(timer);
    if (fault === 'hardware-reset') return device.resetHardware();
    for (const keyId of keyIds) {
      if (fault === 'expired') device.expire(keyId);
      else device.restrictOutput(keyId);
    }
  }, LOOK_EVERY_MS);
}
