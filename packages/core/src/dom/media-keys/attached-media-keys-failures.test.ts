import { afterEach, describe, expect, it, vi } from 'vitest';

// A chunk of its own, which is there before the first test.
import './media-keys-machinery.js';

import { EME_ERROR_TABLE } from '../../error/eme-error.js';
import { createManualClock } from '../../testing/manual-clock.js';
import { ElementDouble, keyIdsInitData, stubEme, turn } from '../testing/eme-double.js';
import { AttachedMediaKeys } from './attached-media-keys.js';

const A = '00000000000000000000000000000001';
const KEYS = { keys: { [A]: 'fedcba9876543210fedcba9876543210' } };
const DRM = { 'org.w3.clearkey': { ...KEYS, serverCertificate: new Uint8Array([1]) } };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What a browser does instead of what is asked of it. */
type Behave = () => Promise<never>;

/** How each method on the way to a key is made to misbehave. */
const METHODS = {
  requestMediaKeySystemAccess: ({ eme }, behave) =>
    eme.requestMediaKeySystemAccess.mockImplementation(behave),
  createMediaKeys: ({ eme }, behave) => eme.createMediaKeys.mockImplementation(behave),
  setServerCertificate: ({ eme }, behave) => Object.assign(eme.behavior, { onCertificate: behave }),
  setMediaKeys: ({ element }, behave) => element.setMediaKeys.mockImplementation(behave),
  generateRequest: ({ eme }, behave) => Object.assign(eme.behavior, { onRequest: behave }),
  update: ({ eme }, behave) => Object.assign(eme.behavior, { onUpdate: behave }),
} as const satisfies Record<
  string,
  (given: { eme: ReturnType<typeof stubEme>; element: ElementDouble }, behave: Behave) => unknown
>;

type Method = keyof typeof METHODS;
const methods = Object.keys(METHODS) as Method[];

/** MediaKeys on an element that has met one key, in a browser one of whose methods misbehaves. */
async function setup(method: Method, behave: Behave) {
  const [eme, element, clock] = [stubEme(), new ElementDouble(), createManualClock()];
  METHODS[method]({ eme, element }, behave);
  const attached = new AttachedMediaKeys(element as never, () => ({ drm: DRM }), { clock });
  attached.open();
  element.meet(keyIdsInitData(A));
  await turn();

  return { element, clock, attached, error: () => attached.getState().error };
}

describe('a browser whose method gives no answer', () => {
  it.each(methods)('%s: the failure is told within 20 s, and not before 10', async (method) => {
    const { clock, attached, error } = await setup(method, () => new Promise(() => {}));
    clock.advance(9_999);
    await turn();
    expect(attached.getState().status).toMatch(/opening|licensing/);

    clock.advance(10_001);
    await turn();
    expect(error()?.code).toBe(EME_ERROR_TABLE[method].other);
    expect(error()?.message).toMatch(/gave no (?:answer|license request)/);
  });

  it('does not keep an element from the one that has it next', async () => {
    const { clock, attached, element } = await setup('setMediaKeys', () => new Promise(() => {}));
    const closed = attached.close();
    clock.advance(20_000);
    await closed;

    expect(element.setMediaKeys).toHaveBeenCalledOnce();
  });
});

describe('a browser whose method rejects', () => {
  it.each(
    methods.flatMap((method) =>
      (['InvalidStateError', 'QuotaExceededError', 'NotAllowedError', 'SecurityError'] as const).map(
        (name) => [method, name] as const,
      ),
    ),
  )('%s with %s: it is named as the table has it', async (method, name) => {
    const { error } = await setup(method, () => Promise.reject(new DOMException('no', name)));

    expect(error()).toMatchObject({ code: EME_ERROR_TABLE[method][name], cause: { name } });
  });

  it('createSession too, which throws: the key can be asked for again', async () => {
    const eme = stubEme();
    const element = new ElementDouble();
    const attached = new AttachedMediaKeys(element as never, () => ({ drm: DRM }));
    attached.open();
    const createSession = vi.fn(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await vi.waitFor(() => expect(attached.getState().status).toBe('waiting'));
    const made = eme.made[0] as { createSession: unknown };
    const { createSession: create } = made;
    made.createSession = createSession;
    element.meet(keyIdsInitData(A));
    expect(attached.getState().error?.code).toBe('drm-busy');
    await expect(attached.getState().renew()).rejects.toMatchObject({ code: 'drm-busy' });

    made.createSession = create;
    await attached.getState().renew();
    expect(attached.getState()).toMatchObject({ status: 'ready', error: null });
  });
});

it('what one key system is refused for is told, where the next is only not there', async () => {
  const eme = stubEme();
  for (const name of ['SecurityError', 'NotSupportedError']) {
    eme.requestMediaKeySystemAccess.mockRejectedValueOnce(new DOMException('no', name));
  }
  const drm = { 'com.widevine.alpha': { licenseUrl: '/license' }, 'org.w3.clearkey': KEYS };
  const attached = new AttachedMediaKeys(new ElementDouble() as never, () => ({ drm }));
  attached.open();
  await vi.waitFor(() => expect(attached.getState().error?.code).toBe('drm-blocked'));
});
