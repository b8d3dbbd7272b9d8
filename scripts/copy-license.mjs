// Copies the license into the package that is being packed: npm puts it into the tarball from there.
import { copyFileSync } from 'node:fs';

copyFileSync('../../LICENSE', 'LICENSE');
