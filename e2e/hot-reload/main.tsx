import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { FilmPage } from './film-page.js';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <FilmPage />
    </StrictMode>,
  );
}
