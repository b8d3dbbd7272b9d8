// Joins the style sheets of a package into the one that is published, and copies its declaration: `tsc` emits neither.
// Each sheet is a block of the same layer; in the published one they are one block, in the order of their names.
import fs from 'node:fs';

const OPENING = '@layer secure-player {\n';

const bodies = fs
  .readdirSync('src/styles')
  .sort()
  .map((name) => bodyOf(name, fs.readFileSync(`src/styles/${name}`, 'utf8').trimEnd()));

fs.writeFileSync('dist/styles.css', `${OPENING}${bodies.join('\n')}}\n`);
fs.cpSync('src/styles.css.d.ts', 'dist/styles.css.d.ts');

/**
 * @param {string} name
 * @param {string} sheet
 */
function bodyOf(name, sheet) {
  if (!sheet.startsWith(OPENING) || !sheet.endsWith('\n}')) {
    throw new Error(`src/styles/${name} has to be one block: ${OPENING.trim()} … }`);
  }

  return sheet.slice(OPENING.length, -1);
}
