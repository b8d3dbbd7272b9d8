import type { VirtualCdmHandle } from '@secure-player/virtual-cdm';
import { useEffect, useState } from 'react';

import type { WatchChoices } from '../routes.js';
import { isSimulated } from './key-systems.js';
import { noteOtherDevice, putInSimulatedDevice, takeOutSimulatedDevice } from './simulated-device.js';

/** The device that plays: the browser itself, or one that the page pretends to be. */
export type Device =
  | { readonly status: 'browser' }
  | { readonly status: 'starting' }
  | { readonly status: 'simulated'; readonly handle: VirtualCdmHandle }
  | { readonly status: 'failed' };

/**
 * Has the virtual CDM in the page while a simulated key system is chosen. Nothing may play before the device is there, or
 * under another one than was chosen.
 */
export function useSimulatedDevice({ system, hdcp }: Pick<WatchChoices, 'system' | 'hdcp'>): Device {
  const isWanted = isSimulated(system);
  const [device, setDevice] = useState<Device>(STARTING);

  useEffect(() => {
    if (!isWanted) {
      noteOtherDevice();
      return;
    }

    const controller = new AbortController();
    let handle: VirtualCdmHandle | null = null;
    putInSimulatedDevice(controller.signal).then(
      (installed) => {
        handle = installed;
        setDevice({ status: 'simulated', handle });
      },
      () => {
        if (!controller.signal.aborted) setDevice({ status: 'failed' });
      },
    );

    return () => {
      controller.abort();
      setDevice(STARTING);
      if (handle) void takeOutSimulatedDevice(handle);
    };
  }, [isWanted]);

  useEffect(() => {
    if (device.status === 'simulated') device.handle.setHdcp(hdcp);
  }, [device, hdcp]);

  return isWanted ? device : BROWSER;
}

const BROWSER: Device = { status: 'browser' };
const STARTING: Device = { status: 'starting' };
