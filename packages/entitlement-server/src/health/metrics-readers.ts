import { createAddressList, type AddressList } from '../edge/address-list.js';

const THIS_MACHINE = ['127.0.0.0/8', '::1'];

/**
 * Who may read `/metrics`: whom `metricsReaders` names, or this machine alone. Throws an `EntitlementServerError` that names
 * the entry at fault.
 */
export function resolveMetricsReaders(readers: readonly string[] = THIS_MACHINE): AddressList {
  return createAddressList(readers, 'metricsReaders');
}
