import type { AccountDevice, AccountOfflineLicense } from '@secure-player/protocol';
import { useCallback, useState } from 'react';

import { toApiError } from '../api/api-error.js';
import { useRequest } from '../api/use-request.js';
import { AccountList, AccountListItem } from './account-list.js';
import { useSession, useSiteServices } from './site-services.js';

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/**
 * What the account is used on, and what each device keeps offline; either can be taken away, which is what makes room where a
 * plan's devices are all in use. Nothing where nobody is signed in.
 */
export function YourDevices() {
  const session = useSession();

  return session && <Devices key={session.account.id} />;
}

function Devices() {
  const { api } = useSiteServices();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [{ devices }, { licenses }] = await Promise.all([
        api.getDevices(signal),
        api.getOfflineLicenses(signal),
      ]);
      const kept = licenses.filter(({ status }) => status === 'active');
      return devices.map((device) => ({
        device,
        kept: kept.filter(({ deviceId }) => deviceId === device.id),
      }));
    },
    [api],
  );
  const [request, reload] = useRequest(load);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_DONE);

  const take = async (away: () => Promise<void>, done: string): Promise<void> => {
    setOutcome(NOTHING_DONE);
    try {
      await away();
      setOutcome({ failure: '', done });
    } catch (error) {
      setOutcome({ failure: toApiError(error).message, done: '' });
    }
    reload();
  };
  const list = request.status === 'ready' ? request.value : [];
  const isEmpty = request.status === 'ready' && list.length === 0;

  return (
    <AccountList
      id="your-devices"
      title="Your devices"
      failure={request.status === 'failed' ? request.error.message : outcome.failure}
      status={outcome.done || (isEmpty ? 'Nothing was played or kept yet.' : '')}
      onReload={reload}
    >
      {list.map(({ device, kept }) => (
        <DeviceItem
          key={device.id}
          device={device}
          kept={kept}
          onRemove={() => void take(() => api.removeDevice(device.id), `Removed. ${LATER}`)}
          onTakeBack={({ handle }) =>
            void take(() => api.revokeOfflineLicense(handle), `Taken back. ${LATER}`)
          }
        />
      ))}
    </AccountList>
  );
}

interface DeviceItemProps {
  device: AccountDevice;
  kept: readonly AccountOfflineLicense[];
  onRemove: () => void;
  onTakeBack: (license: AccountOfflineLicense) => void;
}

function DeviceItem({ device, kept, onRemove, onTakeBack }: DeviceItemProps) {
  return (
    <AccountListItem
      name={<strong>{device.name}</strong>}
      detail={`Last used ${DAY.format(device.lastSeenAt)}`}
      action="Remove"
      label={`Remove ${device.name}`}
      onAct={onRemove}
    >
      {kept.length > 0 && (
        <ul className="account-list-kept" aria-label={`Kept on ${device.name}`}>
          {kept.map((license) => (
            <AccountListItem
              key={license.handle}
              name={nameOf(license)}
              detail={describeEnd(license)}
              action="Take back"
              label={`Take back ${nameOf(license)} from ${device.name}`}
              onAct={() => onTakeBack(license)}
            />
          ))}
        </ul>
      )}
    </AccountListItem>
  );
}

/** What became of the last button. */
interface Outcome {
  readonly failure: string;
  readonly done: string;
}

const NOTHING_DONE: Outcome = { failure: '', done: '' };

/** No server reaches a device that is offline. */
const LATER = 'What is kept there plays until that device is online the next time.';

/** A title may have left the catalog since. */
function nameOf({ title, contentId }: AccountOfflineLicense): string {
  return title ?? contentId;
}

function describeEnd({ expiresAt }: AccountOfflineLicense): string {
  return expiresAt === null ? 'Kept offline' : `Kept offline until ${DAY.format(expiresAt)}`;
}
