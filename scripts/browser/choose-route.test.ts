import { describe, expect, it } from 'vitest';
import { chooseRoutes, installAdvice } from './choose-route.mjs';
import { CHROMIUM, FIREFOX } from './kinds.mjs';

const machine = {
  browser: CHROMIUM,
  given: undefined,
  installed: [],
  distribution: 'fedora',
  isRoot: false,
};

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

  it('installs Firefox by apt alone', () => {
    const firefox = { ...machine, browser: FIREFOX };
    expect(chooseRoutes({ ...firefox, distribution: 'debian', isRoot: true })).toEqual([{ kind: 'apt' }]);
    expect(chooseRoutes({ ...firefox, distribution: 'debian' })).toEqual([]);
    expect(chooseRoutes({ ...firefox, installed: ['/usr/bin/firefox'] })).toEqual([
      { kind: 'installed', candidates: ['/usr/bin/firefox'] },
    ]);
  });

  it('uses nothing but the browser that the environment names', () => {
    const routes = chooseRoutes({ ...machine, given: '/opt/mine', installed: ['/usr/bin/chromium'] });
    expect(routes).toEqual([{ kind: 'given', executablePath: '/opt/mine' }]);
  });
});

describe('installAdvice', () => {
  it('names the package manager that has a real Chromium', () => {
    const advise = (distribution: string, isRoot: boolean) =>
      installAdvice({ browser: CHROMIUM, distribution, isRoot });
    expect(advise('debian', false)).toContain('sudo apt-get install chromium');
    expect(advise('debian', true)).not.toContain('sudo');
    expect(advise('ubuntu', true)).toContain('playwright install');
  });

  it('names what is to be installed of Firefox, where nobody can do it for people', () => {
    const advise = (distribution: string) => installAdvice({ browser: FIREFOX, distribution, isRoot: false });
    expect(advise('debian')).toContain('sudo apt-get install firefox-esr');
    expect(advise('ubuntu')).toMatch(/install Firefox.*SECURE_PLAYER_FIREFOX/);
    expect(advise('ubuntu')).not.toContain('playwright');
  });
});
