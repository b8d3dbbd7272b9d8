import type { CdmLogEntry, VirtualCdmHandle } from '@secure-player/virtual-cdm';
import { useCallback, useSyncExternalStore } from 'react';

import { describeLogEntry } from './describe-log-entry.js';

/** How often the log is looked at, in milliseconds: it tells nobody that it has grown. */
const LOOK_EVERY_MS = 400;
const SHOWN = 6;

/** The latest doings of the simulated device, the newest last. */
export function DeviceLog({ handle }: { handle: VirtualCdmHandle }) {
  const lines = useLog(handle)
    .map((entry, index) => ({ index, entry, text: describeLogEntry(entry) }))
    .filter(({ text }) => text !== null)
    .slice(-SHOWN);

  return (
    <ol className="device-log" role="log" aria-label="What the device has done">
      {lines.length === 0 && <li>Nothing yet</li>}
      {lines.map(({ index, entry, text }) => (
        <li key={index}>
          <time dateTime={new Date(entry.at).toISOString()}>{new Date(entry.at).toLocaleTimeString()}</time>
          {text}
        </li>
      ))}
    </ol>
  );
}

function useLog(handle: VirtualCdmHandle): readonly CdmLogEntry[] {
  const subscribe = useCallback((onChange: () => void) => {
    const timer = setInterval(onChange, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  return useSyncExternalStore(subscribe, () => handle.log);
}
