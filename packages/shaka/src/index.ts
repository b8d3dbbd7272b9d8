export { createShakaEngineFactory, type ShakaEngineOptions } from './shaka-engine.js';
