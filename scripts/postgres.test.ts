import { expect, it, vi } from 'vitest';
import { ensureIn, NoPostgresError } from './postgres.mjs';
import { postgresFolders } from './postgres/folders.mjs';

type System = Parameters<typeof ensureIn>[1];

function setup(overrides: Partial<System> = {}, present: string[] = []) {
  const installed = new Set(present);
  const install = vi.fn(async () => void installed.add('/usr/lib/postgresql/15/bin'));
  const system: System = {
    given: undefined,
    folders: ['/usr/lib/postgresql/15/bin', '/usr/local/bin'],
    hasPrograms: (folder) => installed.has(folder),
    distribution: 'debian',
    isRoot: true,
    install,
    ...overrides,
  };
  return { system, install, ensure: async () => await ensureIn(() => system, system) };
}

it('takes the PostgreSQL that is there', async () => {
  const { ensure, install } = setup({}, ['/usr/local/bin']);
  await expect(ensure()).resolves.toBe('/usr/local/bin');
  expect(install).not.toHaveBeenCalled();
});

it('installs one on a Debian that has none', async () => {
  const { ensure, install } = setup();
  await expect(ensure()).resolves.toBe('/usr/lib/postgresql/15/bin');
  expect(install).toHaveBeenCalledOnce();
});

it.each([{ isRoot: false }, { distribution: 'fedora' }, { distribution: '' }])(
  'installs nothing where it may not, and says what to do: %o',
  async (machine) => {
    const { ensure, install } = setup(machine);
    const error: unknown = await ensure().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoPostgresError);
    expect(String(error)).toMatch(/SECURE_PLAYER_POSTGRES.*DATABASE_URL/);
    expect(install).not.toHaveBeenCalled();
  },
);

it('says why none could be installed', async () => {
  const { ensure } = setup({ install: async () => await Promise.reject(new Error('no network')) });
  await expect(ensure()).rejects.toThrow(/no network.*apt-get install postgresql/);
});

it('takes no other one than it was given', async () => {
  const { ensure, install } = setup({ given: '/mine' }, ['/usr/local/bin']);
  const error: unknown = await ensure().catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(NoPostgresError);
  expect(String(error)).toMatch(/\/mine .*SECURE_PLAYER_POSTGRES/);
  expect(install).not.toHaveBeenCalled();
});

it('looks for the newest version first', () => {
  expect(postgresFolders({ path: '/usr/bin:relative', versions: ['9.6', '15', '17'] })).toEqual([
    '/usr/lib/postgresql/17/bin',
    '/usr/lib/postgresql/15/bin',
    '/usr/lib/postgresql/9.6/bin',
    '/usr/bin',
  ]);
});
