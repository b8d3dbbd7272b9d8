import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { createSiteServices } from './account/site-services.js';
import { App } from './app.js';

import './layout/site.css';

const root = document.querySelector('#site');
if (!root) throw new Error('index.html has no element with the id "site".');

createRoot(root).render(
  <StrictMode>
    <App services={createSiteServices()} />
  </StrictMode>,
);
