export { createMediaElementPort } from './media-element-port.js';
export { probeKeySystem } from './probe-key-system.js';
