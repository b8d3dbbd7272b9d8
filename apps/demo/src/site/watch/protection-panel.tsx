import { usePlayer, type PlayerState } from '@secure-player/react';

import type { WatchChoices } from '../routes.js';
import { isSimulated, SYSTEM_NAMES } from './key-systems.js';

type DrmState = PlayerState['drm'];

const STATUS_NAMES: Readonly<Record<string, string>> = {
  usable: 'Usable',
  expired: 'Expired',
  released: 'Released',
  'output-restricted': 'Display not allowed',
  'output-downscaled': 'Downscaled',
  'status-pending': 'Waiting',
  'internal-error': 'Failed',
};

/** How the title is protected, as the browser's content decryption module tells it. */
export function ProtectionPanel({ format, system }: Pick<WatchChoices, 'format' | 'system'>) {
  const drm = usePlayer((state) => state.drm);

  return (
    <section className="panel" data-panel="protection" aria-labelledby="protection">
      <h2 id="protection">Protection</h2>
      {drm.keySystem === null ? (
        <p className="panel-empty">No license yet</p>
      ) : (
        <>
          <dl className="facts">
            <div>
              <dt>Key system</dt>
              <dd>
                {SYSTEM_NAMES[system]}
                {isSimulated(system) && ', simulated'}
              </dd>
            </div>
            <div>
              <dt>Encryption</dt>
              <dd>{format === 'dash' ? 'AES-CTR (cenc)' : 'AES-CBC pattern (cbcs)'}</dd>
            </div>
            <div>
              <dt>License</dt>
              <dd>{describeLicense(drm)}</dd>
            </div>
          </dl>
          <KeyList keyStatuses={drm.keyStatuses} />
        </>
      )}
    </section>
  );
}

function KeyList({ keyStatuses }: Pick<DrmState, 'keyStatuses'>) {
  if (keyStatuses.length === 0) return null;

  return (
    <table className="keys">
      <thead>
        <tr>
          <th scope="col">Key id</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {keyStatuses.map(({ keyId, status }) => (
          <tr key={keyId} data-key-status={status}>
            <td>
              <code title={keyId}>{shorten(keyId)}</code>
            </td>
            <td>{STATUS_NAMES[status] ?? status}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function describeLicense({ keyStatuses, expiresAt }: DrmState): string {
  if (keyStatuses.length === 0) return 'None';
  return expiresAt === null ? 'Until this page closes' : `Until ${new Date(expiresAt).toLocaleString()}`;
}

function shorten(keyId: string): string {
  return `${keyId.slice(0, 8)}…${keyId.slice(-4)}`;
}
