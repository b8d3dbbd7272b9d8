import '@secure-player/react/styles.css';
import './app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element for the app.');

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
