import type { VirtualCdmHandle } from '@secure-player/virtual-cdm';

/** How often a device that is to go is looked at, and how long it is waited for, in milliseconds. */
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 3_000;

/** Whether the streaming engine may have been loaded without the device that is there now. */
let isTooLate = false;

/**
 * Puts a virtual CDM for the simulated key systems into the page. Its code is loaded when it is first wanted.
 *
 * It has to be there before the streaming engine, which keeps the browser's functions for itself when it is loaded. Where
 * that may be so already, the page is loaded anew; its address says what is wanted.
 *
 * @throws the signal's reason where nobody wants it any more; whatever the import or the installation ends in.
 */
export async function putInSimulatedDevice(signal: AbortSignal): Promise<VirtualCdmHandle> {
  const { installVirtualCdm, widevine, playready, fairplay } = await import('@secure-player/virtual-cdm');
  signal.throwIfAborted();
  if (isTooLate) {
    location.reload();
    return new Promise(() => {});
  }

  // What a demo stores would be found again by the next one, and taken for a license.
  return installVirtualCdm({ systems: [widevine(), playready(), fairplay()], storage: 'memory' });
}

/** Takes it out again, once the player has let go of it: it closes its sessions, then takes the keys off its element. */
export async function takeOutSimulatedDevice(handle: VirtualCdmHandle): Promise<void> {
  noteOtherDevice();
  const deadline = Date.now() + PATIENCE_MS;
  const isInUse = () => handle.sessions.some(({ closedReason }) => closedReason === null);
  do await pause();
  while (isInUse() && Date.now() < deadline);
  await pause();
  handle.uninstall();
}

/** Says that something plays without a simulated device, or will. */
export function noteOtherDevice(): void {
  isTooLate = true;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
