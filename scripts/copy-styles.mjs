// Copies the style sheet and its declaration beside the compiled modules: `tsc` emits neither.
import { cpSync } from 'node:fs';

for (const file of ['styles.css', 'styles.css.d.ts']) cpSync(`src/${file}`, `dist/${file}`);
