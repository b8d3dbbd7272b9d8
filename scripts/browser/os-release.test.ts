import { expect, it } from 'vitest';
import { parseOsRelease } from './os-release.mjs';

it('reads plain, quoted and escaped values, and nothing else', () => {
  const text = [
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
    'ID=debian',
    "VARIANT='server'",
    String.raw`NAME="The \"best\""`,
    '# ID=ubuntu',
    'not a field',
    '',
  ].join('\n');
  expect(parseOsRelease(text)).toEqual({
    PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)',
    ID: 'debian',
    VARIANT: 'server',
    NAME: 'The "best"',
  });
});

it('does not take a derivative for what it is like', () => {
  expect(parseOsRelease('ID=ubuntu\nID_LIKE=debian\n')['ID']).toBe('ubuntu');
});
