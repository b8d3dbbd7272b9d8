'use client';

/** One chunk: who keeps a stream may have to tell that there is none. */
export { keepStream } from './keep-stream.js';
export { PlayingElsewhere } from './playing-elsewhere.js';
