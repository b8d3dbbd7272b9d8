import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';

import { UnbrokenText } from './unbroken-text.js';

const markup = (text: string) =>
  renderToStaticMarkup(<UnbrokenText>{text}</UnbrokenText>).replaceAll(' class="secure-player-unbroken"', '');

it.each([
  ['Open its sign-in page.', 'Open its <span>sign-in</span> page.'],
  ['Mot-clé et vis-à-vis', '<span>Mot-clé</span> et <span>vis-à-vis</span>'],
  ['2-1', '<span>2-1</span>'],
])('%s breaks at no hyphen of a word', (text, expected) => {
  expect(markup(text)).toBe(expected);
});

it.each(['Nothing to hold', 'A - dash, -and others-', ''])('%s stays as it is', (text) => {
  expect(markup(text)).toBe(text);
});
