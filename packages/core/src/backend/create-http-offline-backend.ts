import { BackendClient } from './backend-client.js';
import type { HttpBackendOptions } from './create-http-backend.js';
import type { OfflineBackend } from './offline-backend.js';
import { readOfflineCheck, readOfflineLicense, readOfflineLicenseList } from './read-offline-license.js';

const LICENSES = '/v1/offline-licenses';

/**
 * A backend for offline licenses that speaks to the entitlement server by HTTP, with the options of `createHttpBackend` and
 * likewise bounded in time. What has become of a license, and that it was played, is asked and told by its id alone, without
 * `authorize`: the device may have another viewer by now, to whom the server says that it does not know it. Making it does
 * nothing.
 */
export function createHttpOfflineBackend(options: HttpBackendOptions): OfflineBackend {
  const client = new BackendClient(options);
  // As nobody: the id says enough.
  const anonymous = new BackendClient({ ...options, authorize: undefined });
  const pathOf = (id: string) => `${LICENSES}/${encodeURIComponent(id)}`;

  return Object.freeze<OfflineBackend>({
    account: options.account ?? null,
    openOfflineLicense: (request, { signal, idempotencyKey } = {}) =>
      client.send({
        method: 'POST',
        path: LICENSES,
        body: request,
        headers: idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey },
        signal,
        read: readOfflineLicense,
      }),
    renewOfflineLicense: (id, { signal } = {}) =>
      client.send({ method: 'POST', path: `${pathOf(id)}/renew`, signal, read: readOfflineLicense }),
    checkOfflineLicense: (id, { signal } = {}) =>
      anonymous.send({ path: pathOf(id), signal, read: readOfflineCheck }),
    listOfflineLicenses: ({ signal } = {}) =>
      client.send({ path: LICENSES, signal, read: readOfflineLicenseList }),
    revokeOfflineLicense: async (handle, { signal } = {}) => {
      await client.send({ method: 'DELETE', path: pathOf(handle), signal, read: () => true });
    },
    reportFirstPlay: (id, startedAt, { signal } = {}) =>
      anonymous.send({
        method: 'POST',
        path: `${pathOf(id)}/plays`,
        body: startedAt === undefined ? undefined : { startedAt },
        signal,
        read: readOfflineCheck,
      }),
  });
}
