import { Registry, collectDefaultMetrics } from 'prom-client';

let registry: Registry | undefined;

/**
 * What Node says of this process: CPU, memory, event loop, garbage collection. Once for all servers of the process, because
 * its observers cannot be taken back; and from the first time that somebody asks, so that tests pay nothing.
 */
export function processMetrics(): Registry {
  if (registry !== undefined) return registry;

  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
