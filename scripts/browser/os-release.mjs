import fs from 'node:fs';

/**
 * Reads the `KEY=value` lines of an os-release file (https://www.freedesktop.org/software/systemd/man/os-release.html).
 *
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseOsRelease(text) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
    if (!match) continue;
    const [, key = '', raw = ''] = match;
    const quoted = /^(["'])(.*)\1\s*$/.exec(raw.trim());
    fields[key] = (quoted?.[2] ?? raw.trim()).replaceAll(/\\(["'$`\\])/g, '$1');
  }
  return fields;
}

/** The distribution's `ID`, such as `debian` or `ubuntu`; empty where there is none. */
export function distributionId() {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return parseOsRelease(fs.readFileSync(file, 'utf8'))['ID'] ?? '';
    } catch {
      // Not this one.
    }
  }
  return '';
}
