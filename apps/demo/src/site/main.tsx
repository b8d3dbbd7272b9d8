import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { createSiteServices } from './account/site-services.js';
import { App } from './app.js';
import { listenForInstallOffer } from './shell/install-offer.js';

import './layout/site.css';

const root = document.querySelector('#site');
if (!root) throw new Error('index.html has no element with the id "site".');

const services = createSiteServices();
listenForInstallOffer();
createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);

// What the page shows comes first: the shell for the next visit is fetched when this one has all it wants.
if (document.readyState === 'complete') void services.shell.start();
else addEventListener('load', () => void services.shell.start(), { once: true });
