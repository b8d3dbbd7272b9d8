import { describe, expect, it } from 'vitest';

import { clearkey } from '../system/clearkey.js';
import { widevine } from '../system/widevine.js';
import { SealedServer } from '../testing/sealed-server.js';
import { setupCdm } from '../testing/setup-cdm.js';

describe('setServerCertificate()', () => {
  it('gives false for Clear Key, and refuses an empty certificate all the same', async () => {
    const mediaKeys = await setupCdm(clearkey()).mediaKeys();

    expect(await mediaKeys.setServerCertificate(Uint8Array.of(1))).toBe(false);
    await expect(mediaKeys.setServerCertificate(new Uint8Array())).rejects.toThrow(TypeError);
  });

  it.each([undefined, null, '', 1, {}])('refuses %s', async (certificate) => {
    const mediaKeys = await setupCdm(clearkey()).mediaKeys();

    await expect(mediaKeys.setServerCertificate(certificate)).rejects.toThrow(TypeError);
  });

  it('takes the certificate of a server, and no device’s', async () => {
    const server = await SealedServer.create('widevine');
    const mediaKeys = await setupCdm(widevine()).mediaKeys();

    expect(await mediaKeys.setServerCertificate(server.certificate)).toBe(true);
    await expect(mediaKeys.setServerCertificate(server.certificate.slice(0, -1))).rejects.toThrow(TypeError);
  });
});

describe('getStatusForPolicy()', () => {
  it.each([
    ['none', '1.0', 'output-restricted'],
    ['1.4', '1.4', 'usable'],
    ['1.4', '2.2', 'output-restricted'],
    ['2.3', '2.2', 'usable'],
    ['none', '', 'usable'],
  ] as const)('with a display of HDCP %s says of %s: %s', async (display, minHdcpVersion, status) => {
    const mediaKeys = await setupCdm(widevine(), { display }).mediaKeys();

    expect(await mediaKeys.getStatusForPolicy({ minHdcpVersion })).toBe(status);
  });

  it('always says usable for Clear Key', async () => {
    const mediaKeys = await setupCdm(clearkey(), { display: 'none' }).mediaKeys();

    expect(await mediaKeys.getStatusForPolicy({ minHdcpVersion: '2.3' })).toBe('usable');
  });

  it.each([[undefined], [{}], [{ x: 1 }], [{ minHdcpVersion: '9.9' }], [{ minHdcpVersion: 'none' }], [7]])(
    'refuses %j',
    async (policy) => {
      const mediaKeys = await setupCdm(widevine()).mediaKeys();

      await expect(mediaKeys.getStatusForPolicy(policy)).rejects.toThrow(TypeError);
    },
  );
});
