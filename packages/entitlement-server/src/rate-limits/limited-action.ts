import type { RateLimitedAction } from './rate-limit-options.js';

/** What makes a row in the store. */
const OPENING = new Set(['/v1/playback-sessions', '/v1/offline-licenses']);

/** What a request counts as; null for what is not counted. */
export function limitedAction(method: string, path: string): RateLimitedAction | null {
  if (path.startsWith('/license/')) return 'licenses';
  if (path.startsWith('/media/')) return null;
  if (method === 'POST' && path === '/v1/login') return 'login';
  if (method === 'POST' && OPENING.has(path)) return 'sessions';
  // Whoever watches over the server must not be turned away when it has much to do.
  return path === '/healthz' || path === '/readyz' || path === '/metrics' ? null : 'other';
}
