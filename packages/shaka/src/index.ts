export { createShakaEngineFactory, type ShakaEngineOptions } from './shaka-engine.js';
export { createShakaPrefetcher, type ShakaPrefetcherOptions } from './prefetch/create-shaka-prefetcher.js';
