export { createShakaEngineFactory, type ShakaEngineOptions } from './create-shaka-engine-factory.js';
export { createShakaPrefetcher, type ShakaPrefetcherOptions } from './prefetch/create-shaka-prefetcher.js';
