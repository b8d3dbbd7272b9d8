import type { ContractTest } from './contract-test.js';
import { accessContracts } from './tests/access.js';
import { closeContracts } from './tests/close.js';
import { eventHandlerContracts } from './tests/event-handlers.js';
import { generateRequestContracts } from './tests/generate-request.js';
import { interfaceContracts } from './tests/interfaces.js';
import { keyStatusesContracts } from './tests/key-statuses.js';
import { loadContracts } from './tests/load.js';
import { mediaElementContracts } from './tests/media-element.js';
import { mediaKeysContracts } from './tests/media-keys.js';
import { negotiationContracts } from './tests/negotiation.js';
import { playbackContracts } from './tests/playback.js';
import { removeContracts } from './tests/remove.js';
import { updateContracts } from './tests/update.js';

/** The contract of a CDM: what EME says of it, so far as a page can see it through Clear Key. */
export const SUITE: readonly ContractTest[] = [
  ...accessContracts,
  ...negotiationContracts,
  ...interfaceContracts,
  ...mediaKeysContracts,
  ...generateRequestContracts,
  ...updateContracts,
  ...keyStatusesContracts,
  ...closeContracts,
  ...removeContracts,
  ...loadContracts,
  ...eventHandlerContracts,
  ...mediaElementContracts,
  ...playbackContracts,
];
