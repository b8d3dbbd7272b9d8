/// <reference types="@secure-player/virtual-cdm/classic" />
import { withVirtualCdm } from '@secure-player/virtual-cdm/playwright';

import { test as base } from '../support/fixtures.js';
import { FilmPage } from './film-page.js';

/** The end-to-end `test` with the option `virtualCdm`, and an empty page of the site to play a film in. */
export const test = withVirtualCdm(base).extend<{ filmPage: FilmPage }>({
  filmPage: async ({ page, site }, provide) => {
    const filmPage = new FilmPage(page, site);
    await filmPage.open();
    await provide(filmPage);
  },
});

export { expect } from '@playwright/test';
