import { describe, expect, it } from 'vitest';
import { chooseRoutes, installAdvice } from './choose-route.mjs';

const machine = { given: undefined, installed: [], distribution: 'fedora', isRoot: false };

describe('chooseRoutes', () => {
  it.each([
    ['Debian as root', { distribution: 'debian', isRoot: true }, 'apt'],
    ['Debian as a user', { distribution: 'debian', isRoot: false }, 'playwright'],
    [
      'Ubuntu as root, whose chromium package is a stub',
      { distribution: 'ubuntu', isRoot: true },
      'playwright',
    ],
    ['a system without os-release', { distribution: '', isRoot: false }, 'playwright'],
  ] as const)('installs on %s', (_, system, kind) => {
    expect(chooseRoutes({ ...machine, ...system })).toEqual([{ kind }]);
  });

  it('prefers what is installed, and keeps the installation as the way out', () => {
    const routes = chooseRoutes({
      ...machine,
      installed: ['/usr/bin/chromium'],
      distribution: 'debian',
      isRoot: true,
    });
    expect(routes).toEqual([{ kind: 'installed', candidates: ['/usr/bin/chromium'] }, { kind: 'apt' }]);
  });

  it('uses nothing but the browser that the environment names', () => {
    const routes = chooseRoutes({ ...machine, given: '/opt/mine', installed: ['/usr/bin/chromium'] });
    expect(routes).toEqual([{ kind: 'given', executablePath: '/opt/mine' }]);
  });
});

describe('installAdvice', () => {
  it('names the package manager that has a real Chromium', () => {
    expect(installAdvice({ distribution: 'debian', isRoot: false })).toContain(
      'sudo apt-get install chromium',
    );
    expect(installAdvice({ distribution: 'debian', isRoot: true })).not.toContain('sudo');
    expect(installAdvice({ distribution: 'ubuntu', isRoot: true })).toContain('playwright install');
  });
});
