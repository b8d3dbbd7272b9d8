import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';

import { StrictMode } from 'react';
import { renderToPipeableStream, renderToString } from 'react-dom/server';

import { Page } from './page.js';

const [, , file] = process.argv;
if (file === undefined) throw new Error('Name the file to write.');
for (const name of ['window', 'document', 'self'])
  if (name in globalThis) throw new Error(`This is no plain Node: there is ${name}.`);

const complain = (problem: unknown) => {
  throw new Error('React complained on the server.', { cause: problem });
};
// oxlint-disable-next-line no-console -- what React says is the result
console.error = complain;

const page = (
  <StrictMode>
    <Page styles="./client.css" />
  </StrictMode>
);
// At once: what is late is left out.
const whole = renderToString(page);
if (!whole.includes('data-status="idle"') || !whole.includes('Waiting')) complain(whole);

// In parts: the shell first, and what is late into its place.
const stream = new PassThrough();
const { pipe } = renderToPipeableStream(page, {
  bootstrapModules: ['./client.js'],
  onError: complain,
  onShellReady: () => void pipe(stream),
});
await pipeline(stream, createWriteStream(file));
