import '@secure-player/react/styles.css';

import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';

import { Page } from './page.js';

declare global {
  interface Window {
    /** What React said while it took the page over. */
    complaints: string[];
  }
}

window.complaints = [];
const { error } = console;
// oxlint-disable-next-line no-console -- what React says is the result
console.error = (...values: unknown[]) => {
  window.complaints.push(values.map(String).join(' '));
  error(...values);
};

hydrateRoot(
  document,
  <StrictMode>
    <Page styles="./client.css" />
  </StrictMode>,
  { onRecoverableError: (problem) => window.complaints.push(String(problem)) },
);
