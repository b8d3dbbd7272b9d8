import { expect, test } from '../support/fixtures.js';
import { silence, type FaultResponse } from '../support/faults.js';

const LICENSE = /^\/license\//;
const text = (status: number, type: string, body: string): FaultResponse => {
  return () => new Response(body, { status, headers: { 'content-type': type } });
};

/** A well-formed key, only not the one that the film was encrypted with. */
const flipBits = (key: string) =>
  Buffer.from(Buffer.from(key, 'base64url').map((byte) => byte ^ 0xff)).toString('base64url');

/** Each fault of a license server, and the error that names it. */
const FAULTS: readonly [name: string, respond: FaultResponse, code: string][] = [
  ['refuses with a bare 403', text(403, 'text/plain', 'no'), 'license-refused'],
  ['fails with 500', text(500, 'text/plain', 'oops'), 'license-server-error'],
  [
    'answers garbage',
    text(200, 'application/octet-stream', '\u0001\u0002 not a license'),
    'license-malformed',
  ],
  ['answers a web page', text(200, 'text/html', '<!doctype html><title>Hotel</title>'), 'license-html'],
  ['answers nothing but success', text(200, 'application/json', ''), 'license-empty'],
  ['does not answer within 10 s', silence, 'license-timeout'],
];

for (const format of ['dash', 'hls'] as const) {
  for (const [name, respond, code] of FAULTS) {
    test(`${format}: a license server that ${name} ends in ${code}, and retry plays`, async ({
      player,
      site,
      page,
    }) => {
      site.faults.inject(LICENSE, respond);
      await player.play('premium', { session: { format } });

      const error = await player.expectError(code);
      expect(error.retryable).toBe(true);
      await expect(page.getByRole('alert')).toContainText(code);

      site.faults.clear();
      await player.retry();
      await player.expectPicture({ atMost: 720 });
    });
  }

  test(`${format}: a license with wrong keys ends in undecodable, and retry plays`, async ({
    player,
    site,
    page,
  }) => {
    site.faults.inject(LICENSE, async (_, pass) => {
      const license = (await (await pass()).json()) as { keys: { k: string }[] };
      for (const key of license.keys) key.k = flipBits(key.k);
      return Response.json(license);
    });
    await player.play('premium', { session: { format } });

    await player.expectError('undecodable', 30_000);
    // To a browser damage and a wrong key look the same, so the words say both.
    await expect(page.getByRole('alert')).toContainText(/damaged.*key/);

    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a license for another title ends in wrong-key, and retry plays`, async ({
    player,
    site,
  }) => {
    const other = Buffer.from('ffffffffffffffffffffffffffffffff', 'hex').toString('base64url');
    site.faults.inject(LICENSE, () => Response.json({ keys: [{ kty: 'oct', kid: other, k: other }] }));
    await player.play('premium', { session: { format } });

    await player.expectError('wrong-key', 30_000);

    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a license that takes its time keeps the player loading, and then plays`, async ({
    player,
    site,
  }) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const asked = site.faults.inject(LICENSE, async (_, pass) => {
      await released;
      return pass();
    });
    await player.play('premium', { session: { format } });
    await expect.poll(() => asked()).toBe(1);
    await expect.poll(async () => (await player.state()).duration).toBe(64);
    expect((await player.state()).status).toBe('loading');

    release();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a license server that fails once is asked again unnoticed`, async ({ player, site }) => {
    site.faults.inject(LICENSE, text(503, 'text/plain', 'busy'), 1);
    await player.play('premium', { session: { format } });

    await player.expectPicture({ atMost: 720 });
    expect(await player.statuses()).not.toContain('error');
  });
}
