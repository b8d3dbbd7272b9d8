import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { describe, expect, onTestFinished, test } from 'vitest';

import { KEY_SEED } from '../../testing/setup.js';
import { hashPassword } from '../password.js';
import { runCli, type CliSurroundings } from './run-cli.js';

const SEED = Buffer.from(KEY_SEED).toString('base64');
const ENV = {
  KEY_SEED: SEED,
  ANN_PASSWORD_HASH: await hashPassword('secret-of-ann', { cost: { N: 16, r: 1, p: 1 } }),
};
const EXAMPLE = await readFile(new URL('../../../example.config.yaml', import.meta.url), 'utf8');
const LICENSE_SERVER_EXAMPLE = await readFile(
  new URL('../../../example.license-server.yaml', import.meta.url),
  'utf8',
);
const TOKEN_KEY = Buffer.alloc(32, 1).toString('base64');
const MINIMAL_LICENSE_SERVER =
  'role: license-server\nstore: { folder: data }\nkeySeeds: { default: { env: KEY_SEED } }\ntokenKeys: [{ id: a, secret: { env: TOKEN_KEY } }]\nport: 0\n';
const PKCS8 = { type: 'pkcs8', format: 'pem' } as const;
/** The key that certifies devices, and what is none. */
const AUTHORITY = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const AUTHORITY_PEM = AUTHORITY.privateKey.export(PKCS8).toString();
const NO_AUTHORITIES = {
  OTHER_CURVE: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export(PKCS8).toString(),
  PUBLIC_KEY: AUTHORITY.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  LOCKED: AUTHORITY.privateKey.export({ ...PKCS8, cipher: 'aes-256-cbc', passphrase: 'hunter2' }).toString(),
};
const MINIMAL = 'mediaRoot: media\nstore: memory\nkeySeed: { env: KEY_SEED }\ntitles: []\nport: 0\n';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files, and a command that runs in it. */
async function folder(files: Readonly<Record<string, string>>) {
  const cwd = await mkdtemp(join(tmpdir(), 'entitlement-cli-'));
  onTestFinished(async () => rm(cwd, { recursive: true, force: true }));
  await mkdir(join(cwd, 'secrets'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);

  return async (args: string[], options: Partial<CliSurroundings> = {}): Promise<Outcome> => {
    let [out, err] = ['', ''];
    const code = await runCli({
      args,
      cwd,
      env: ENV,
      stdin: new PassThrough(),
      print: (text) => (out += text),
      printError: (text) => (err += text),
      stop: new AbortController().signal,
      ...options,
    });
    return { code, out, err };
  };
}

/** With every option that is commented out. */
function uncomment(example: string): string {
  return example
    .split('\n')
    .map((line) => (line.includes('npx ') ? line : line.replace(/^(\s*)# (?=\w+: |\w+:$| {2,}\S)/, '$1')))
    .join('\n');
}

/** Runs a server until what is asked of it has been answered. */
async function serveAndAsk<T>(
  run: Awaited<ReturnType<typeof folder>>,
  args: string[],
  ask: (url: string) => Promise<T>,
): Promise<{ outcome: Outcome; answer: T }> {
  const stop = new AbortController();
  let listens = (_url: string): void => undefined;
  const url = new Promise<string>((resolve) => (listens = resolve));
  const print = (text: string): void => listens(/http:\S+/.exec(text)?.[0] ?? '');
  const ended = run(args, { print, stop: stop.signal });
  const early = ended.then(({ err }): never => {
    throw new Error(err);
  });
  const answer = await Promise.race([url.then(ask), early]).finally(() => stop.abort());
  return { outcome: await ended, answer };
}

async function logIn(url: string): Promise<number> {
  const response = await fetch(`${url}/v1/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'ann', password: 'secret-of-ann' }),
  });
  return response.status;
}

describe('the example', () => {
  test('is what --print-example prints, and starts a server that somebody can sign in to', async () => {
    const run = await folder({ 'example.yaml': EXAMPLE });
    expect(await run(['--print-example'])).toEqual({ code: 0, out: EXAMPLE, err: '' });

    const args = ['--config', 'example.yaml', '--port', '0'];
    const { outcome, answer } = await serveAndAsk(run, args, async (url) => ({
      login: await logIn(url),
      ready: await (await fetch(`${url}/readyz`)).json(),
      metrics: (await fetch(`${url}/metrics`)).status,
    }));
    expect(answer).toEqual({ login: 200, ready: { status: 'ready' }, metrics: 200 });
    expect(outcome.code).toBe(0);
  });

  test('has no commented option that could not be used', async () => {
    const uncommented = uncomment(EXAMPLE);
    const commented = [...EXAMPLE.matchAll(/^\s*# (\w+):(?: |$)/gm)].map(([, name]) => name);
    const run = await folder({
      'all.yaml': uncommented,
      'secrets/other-key-seed': `${Buffer.alloc(32, 7).toString('base64')}\n`,
      'secrets/device-authority.pem': AUTHORITY_PEM,
    });
    const env = {
      ...ENV,
      TOKEN_KEY,
      AXINOM_COMMUNICATION_KEY: Buffer.alloc(32, 2).toString('base64'),
    };

    expect(commented.length).toBeGreaterThan(20);
    for (const name of commented) expect(uncommented).toMatch(new RegExp(`^\\s*${name}:`, 'm'));
    expect(await run(['--config', 'all.yaml', '--check'], { env })).toEqual({
      code: 0,
      out: 'The configuration is fine.\n',
      err: '',
    });
  });
});

describe('the example of a license server', () => {
  const env = { ...ENV, TOKEN_KEY };

  test('is what --print-license-server-example prints, and starts one', { timeout: 60_000 }, async () => {
    const run = await folder({ 'example.yaml': LICENSE_SERVER_EXAMPLE });
    expect(await run(['--print-license-server-example'])).toEqual({
      code: 0,
      out: LICENSE_SERVER_EXAMPLE,
      err: '',
    });

    const args = ['--config', 'example.yaml', '--port', '0'];
    const { outcome, answer } = await serveAndAsk(
      (more, options) => run(more, { env, ...options }),
      args,
      async (url) => ({
        lives: (await fetch(`${url}/healthz`)).status,
        ready: await (await fetch(`${url}/readyz`)).json(),
        license: (await fetch(`${url}/clearkey`, { method: 'POST', body: '{}' })).status,
        noPlayers: (await fetch(`${url}/v1/catalog`)).status,
        metrics: await (await fetch(`${url}/metrics`)).text(),
      }),
    );
    expect(answer).toEqual({
      lives: 200,
      ready: { status: 'ready' },
      license: 403,
      noPlayers: 404,
      metrics: expect.stringContaining(
        'secure_player_licenses_total{system="clearkey",decision="license-token-rejected"} 1',
      ),
    });
    expect(outcome.code).toBe(0);
  });

  test('has no commented option that could not be used', async () => {
    const all = uncomment(LICENSE_SERVER_EXAMPLE.replace(/^#   .*\n/gm, ''));
    for (const name of ['other', 'virtualKeySystems', 'logLevel', 'metricsReaders', 'deviceAuthority'])
      expect(all).toMatch(new RegExp(`^\\s*${name}:`, 'm'));
    const run = await folder({
      'all.yaml': all,
      'secrets/other-key-seed': `${Buffer.alloc(32, 7).toString('base64')}\n`,
      'secrets/device-authority.pem': AUTHORITY_PEM,
    });
    expect(await run(['--config', 'all.yaml', '--check'], { env })).toEqual({
      code: 0,
      out: 'The configuration is fine.\n',
      err: '',
    });
  });
});

test('a file without a key seed will do where license servers elsewhere answer', async () => {
  const run = await folder({
    'proxy.yaml':
      MINIMAL.replace('keySeed: { env: KEY_SEED }\n', '') +
      "tokenKeys: [{ id: a, secret: { env: TOKEN_KEY } }]\nupstreams: { clearkey: { kind: license-server, url: 'http://127.0.0.1:1/' } }\n",
  });
  const { code, err } = await run(['--config', 'proxy.yaml', '--check'], { env: { TOKEN_KEY } });
  expect([code, err]).toEqual([0, '']);
});

test('a database in a folder beside the file is opened, and kept', { timeout: 60_000 }, async () => {
  const STORE = '{ folder: data, survives: process-kill, auditDays: 7 }';
  const account = `accounts: [{ id: a, username: ann, name: Ann, plan: basic, passwordHash: { env: ANN_PASSWORD_HASH } }]`;
  const run = await folder({ 'kept.yaml': MINIMAL.replace('memory', STORE) + account });
  for (let start = 0; start < 2; start += 1) {
    const { outcome, answer } = await serveAndAsk(run, ['--config', 'kept.yaml'], logIn);
    expect([outcome.code, answer]).toEqual([0, 200]);
  }
});

describe('what is wrong with a file is said with its place and what to do, and without values', () => {
  test.each([
    [
      'a secret in the file',
      MINIMAL.replace('{ env: KEY_SEED }', SEED),
      'line 3: keySeed: must not be written here',
    ],
    [
      'a secret that is not set',
      MINIMAL.replace('KEY_SEED', 'NO_SEED'),
      'keySeed: the environment variable NO_SEED is not set',
    ],
    [
      'a secret file that is not there',
      MINIMAL.replace('env: KEY_SEED', 'file: no-seed'),
      'keySeed: the file no-seed cannot be read (ENOENT)',
    ],
    ['a secret that is short', MINIMAL.replace('KEY_SEED', 'SHORT'), 'keySeed: must be at least 30 bytes'],
    [
      'a secret that is not base64',
      MINIMAL.replace('KEY_SEED', 'PROSE'),
      'keySeed: the secret must be base64',
    ],
    ['a missing option', MINIMAL.replace('mediaRoot: media\n', ''), 'mediaRoot: is missing; --print-example'],
    ['an unknown option', `${MINIMAL}hunter2s: 1\n`, 'hunter2s: is no option here; --print-example'],
    ['a wrong type', MINIMAL.replace('port: 0', 'port: many'), 'line 5: port: must be number'],
    ['a wrong word', `${MINIMAL}logLevel: loud\n`, 'line 6: logLevel: must be "error" or "info" or "debug"'],
    [
      'a title within a list',
      MINIMAL.replace(
        '[]',
        '[{ id: a, title: A, durationSeconds: 1, access: paid, directory: a, streams: [] }]',
      ),
      'line 4: titles[0].access: must be "free" or',
    ],
    [
      'a proxy that is no address',
      `${MINIMAL}trustedProxies: [proxy.example]\n`,
      'trustedProxies[0]: must be an address',
    ],
    [
      'a day that is none',
      `${MINIMAL}accounts: [{ id: a, username: a, name: A, plan: basic, passwordHash: x, subscriptionEndsAt: 2027-13-01 }]\n`,
      'accounts[0].subscriptionEndsAt: is a day that no calendar has',
    ],
    ['no YAML', `${MINIMAL}a: [hunter2\n`, 'This is not YAML:'],
    [
      'an alias that names nothing',
      MINIMAL.replace('{ env: KEY_SEED }', '*hunter2-hunter2'),
      'line 3: An alias (*) names no anchor (&) that comes before it',
    ],
    [
      'an alias in a list, of what comes after it',
      `${MINIMAL}trustedProxies:\n  - *hunter2-hunter2\nallowedOrigins: [&hunter2-hunter2 a]\n`,
      'line 7: An alias (*) names no anchor (&) that comes before it',
    ],
    [
      'aliases of aliases of aliases',
      `${MINIMAL}a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]\n`,
      'Aliases (*) of aliases make it too large',
    ],
    ['an option twice', `${MINIMAL}store: memory\n`, 'line 6: This is not YAML: Map keys must be unique'],
    [
      'a vendor secret in the file',
      `${MINIMAL}upstreams: { widevine: { kind: axinom, url: 'https://a.example/', communicationKeyId: x, communicationKey: hunter2 } }\n`,
      'upstreams.widevine.communicationKey: must not be written here',
    ],
    [
      'a vendor named for a system that it has no licenses for',
      `${MINIMAL}upstreams: { widevine: { kind: header-token, url: { playready: 'https://a.example/' }, header: X, secret: { env: TOKEN_KEY }, claims: { kids: { from: keyIdsHex } } } }\n`,
      'upstreams.widevine: has no licenses for widevine',
    ],
    [
      'a vendor whose private key is of another kind',
      `${MINIMAL}upstreams: { widevine: { kind: header-token, url: 'https://a.example/', header: X, algorithm: RS256, privateKey: { env: AUTHORITY_PEM }, claims: { kids: { from: keyIdsHex } } } }\n`,
      'upstreams.widevine.privateKey: must be a private key of RSA',
    ],
    [
      'a proxy of a license server without token keys',
      `${MINIMAL}upstreams: { clearkey: { kind: license-server, url: 'http://127.0.0.1:1/' } }\n`,
      'tokenKeys: is missing',
    ],
    [
      'no key seed, and nobody else who has one',
      MINIMAL.replace('keySeed: { env: KEY_SEED }\n', ''),
      'keySeed: is missing, and `upstreams` names no license server',
    ],
    [
      'no key seed, and a title with a system that nobody answers for',
      MINIMAL.replace('keySeed: { env: KEY_SEED }\n', '').replace(
        'titles: []',
        'titles: [{ id: a, title: A, durationSeconds: 1, access: free, directory: a, streams: [], keySystems: [clearkey, widevine], keys: [{ keyId: a0000000000000000000000000000001, group: SD }] }]',
      ) +
        "tokenKeys: [{ id: a, secret: { env: TOKEN_KEY } }]\nupstreams: { clearkey: { kind: license-server, url: 'http://127.0.0.1:1/' } }\n",
      'keySeed: is missing, and `upstreams` names no license server for widevine',
    ],
    [
      'a promise that no store makes',
      MINIMAL.replace('memory', '{ folder: data, survives: fire }'),
      'store.survives: must be "power-loss" or "process-kill"',
    ],
    ['no place for a store', MINIMAL.replace('memory', 'disk'), 'line 2: store: must be memory, { folder }'],
    [
      'decisions kept for no day',
      MINIMAL.replace('memory', '{ folder: data, auditDays: 0 }'),
      'store.auditDays: must be >=1',
    ],
    [
      'an unknown role',
      `${MINIMAL}role: packager\n`,
      'line 6: role: must be entitlement-server or license-server',
    ],
    [
      'a license server that forgets',
      MINIMAL_LICENSE_SERVER.replace('{ folder: data }', 'memory'),
      'line 2: store: must be { folder } or { databaseUrl: { env: DATABASE_URL } }',
    ],
    [
      'a license server without a seed',
      MINIMAL_LICENSE_SERVER.replace('{ default: { env: KEY_SEED } }', '{}'),
      'line 3: keySeeds: must name the seed of at least one tenant',
    ],
    [
      'a license server with a short seed',
      MINIMAL_LICENSE_SERVER.replace('KEY_SEED', 'SHORT'),
      'keySeeds.default: must be at least 30 bytes',
    ],
    [
      'a license server without token keys',
      MINIMAL_LICENSE_SERVER.replace(/tokenKeys.*\n/, ''),
      'tokenKeys: is missing; --print-license-server-example',
    ],
    [
      'a device authority in the file',
      `${MINIMAL}deviceAuthority: ${JSON.stringify(AUTHORITY_PEM)}\n`,
      'line 6: deviceAuthority: must not be written here: say { env: NAME } or { file: path }',
    ],
    [
      'a device authority that is not there',
      `${MINIMAL}deviceAuthority: { file: no.pem }\n`,
      'deviceAuthority: the file no.pem cannot be read (ENOENT)',
    ],
    ...['PROSE', ...Object.keys(NO_AUTHORITIES)].flatMap((name): [string, string, string][] =>
      [MINIMAL, MINIMAL_LICENSE_SERVER].map((text, index) => [
        `a device authority that is none, of ${name}, ${index === 0 ? 'here' : 'in a license server'}`,
        `${text}virtualKeySystems: true\ndeviceAuthority: { env: ${name} }\n`,
        'deviceAuthority: must be a private key of P-256 in PEM, without a passphrase; make one with openssl',
      ]),
    ),
    [
      'a license server whose metrics are for no address',
      `${MINIMAL_LICENSE_SERVER}metricsReaders: [prometheus.example]\n`,
      'metricsReaders[0]: must be an address',
    ],
    [
      'a license server with titles',
      `${MINIMAL_LICENSE_SERVER}titles: []\n`,
      'titles: is no option here; --print-license-server-example',
    ],
  ])('%s', async (_case, text, message) => {
    const run = await folder({ 'bad.yaml': text });
    const env = {
      ...ENV,
      TOKEN_KEY,
      SHORT: 'aGk=',
      PROSE: 'my hunter2 secret',
      AUTHORITY_PEM,
      ...NO_AUTHORITIES,
    };
    const { code, out, err } = await run(['--config', 'bad.yaml', '--check'], { env });

    expect(err).toContain(message);
    expect([code, out]).toEqual([3, '']);
    const lines = [AUTHORITY_PEM, ...Object.values(NO_AUTHORITIES)].flatMap((pem) => pem.trim().split('\n'));
    for (const value of [...lines, SEED, 'hunter2 ', 'hunter2-', 'many', 'loud', 'paid'])
      expect(err).not.toContain(value);
  });

  test('all of it at once', async () => {
    const run = await folder({ 'bad.yaml': 'port: x\nhost: 7\n' });
    const { err } = await run(['--config', 'bad.yaml']);
    for (const field of ['port', 'host', 'mediaRoot', 'titles', 'store']) expect(err).toContain(`${field}: `);
  });

  test('and when it is not there', async () => {
    const { code, err } = await (await folder({}))(['--config', 'no.yaml']);
    expect([code, err]).toEqual([
      3,
      'The configuration cannot be used:\n  The file cannot be read (ENOENT).\n',
    ]);
  });
});

describe('the command line', () => {
  test('explains itself', async () => {
    const { code, out } = await (await folder({}))(['--help']);
    expect(code).toBe(0);
    for (const option of [
      '--config',
      '--port',
      '--host',
      '--check',
      '--print-example',
      '--print-license-server-example',
      'role: license-server',
      '--hash-password',
      'SIGTERM',
    ]) {
      expect(out).toContain(option);
    }
  });

  test.each([
    [[], '--config <file> is missing'],
    [['--confg', 'a.yaml'], "Unknown option '--confg'"],
    [['--config', 'a.yaml', '--port', '70000'], '--port must be a number'],
    [['--config', 'a.yaml', '--host', ''], '--host is empty'],
    [['stray'], 'Unexpected argument'],
  ])('says what is wrong with %j, and how it is used', async (args, message) => {
    const { code, err } = await (await folder({}))(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('Usage:');
  });

  test('hashes what it reads, and shows nothing of it', async () => {
    const run = await folder({});
    const hash = async (input: string) => run(['--hash-password'], { stdin: new PassThrough().end(input) });
    const { code, out, err } = await hash('secret-of-ann\nsecond line\n');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}\n$/);
    expect((await hash('\n')).code).toBe(2);
    expect((await hash('a'.repeat(1025))).code).toBe(2);
  });

  test('has a terminal show nothing of a password that is typed', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true as const, modes: [] as boolean[] });
    const terminal = Object.assign(stdin, {
      setRawMode: (mode: boolean) => (stdin.modes.push(mode), stdin as never),
    });
    const run = await folder({});
    const hashed = run(['--hash-password'], { stdin: terminal });
    terminal.write('secrxy\u007f\u007fet\r');
    const { code, out, err } = await hashed;

    expect([code, err, stdin.modes]).toEqual([0, 'Password: \n', [true, false]]);
    expect(out).toMatch(/^scrypt\$/);
  });

  test.each(['drainSeconds: -1', 'timeoutSeconds: 3000000'])('refuses %s', async (wait) => {
    const run = await folder({ 'a.yaml': `${MINIMAL}shutdown: { ${wait} }\n` });
    const { code, err } = await run(['--config', 'a.yaml', '--check']);
    expect(code).toBe(3);
    expect(err).toContain(`shutdown.${wait.split(':', 1)[0]}`);
  });

  test('refuses a database that has no URL of a PostgreSQL, and does not tell it', async () => {
    const store = 'store: { databaseUrl: { env: DATABASE_URL } }';
    const run = await folder({ 'a.yaml': MINIMAL.replace('store: memory', store) });
    const env = { ...ENV, DATABASE_URL: 'mysql://anna:s3cret@db/x' };
    const { code, err } = await run(['--config', 'a.yaml', '--check'], { env });
    expect(code).toBe(3);
    expect(err).toContain('store.databaseUrl: must be a URL such as postgres://');
    expect(err).not.toContain('s3cret');
  });

  test('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const run = await folder({ 'a.yaml': MINIMAL });

    const { code, err } = await run(['--config', 'a.yaml', '--port', String(port)]);
    expect([code, err]).toEqual([1, expect.stringContaining('Another program listens on this port')]);
  });
});
