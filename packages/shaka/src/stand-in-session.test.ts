import { describe, expect, it, vi } from 'vitest';

import { withStandIns } from './stand-in-session.js';
import { createFakeMediaKeys } from './testing/fake-media-keys.js';

const INIT_DATA = new Uint8Array([7]);

/** A stand-in for a session that there is, or for one that is made. */
async function setup({ isThere }: { readonly isThere: boolean }) {
  const { mediaKeys, sessions } = createFakeMediaKeys();
  const ready = isThere ? mediaKeys.createSession() : null;
  const standIn = await withStandIns(
    mediaKeys,
    () => ready,
    async () => mediaKeys.createSession(),
  );
  const onMessage = vi.fn();
  const onStatuses = vi.fn();
  standIn.addEventListener('message', onMessage);
  standIn.addEventListener('keystatuseschange', onStatuses);
  const request = async () => {
    await standIn.generateRequest('cenc', INIT_DATA);
    const session = sessions.at(-1);
    if (!session) throw new Error('No session was made.');
    return session;
  };

  return { mediaKeys, sessions, standIn, request, onMessage, onStatuses };
}

describe('a stand-in for a session', () => {
  it('has nothing before it makes a request', async () => {
    const { standIn, sessions } = await setup({ isThere: false });
    expect(sessions).toEqual([]);
    expect(standIn.sessionId).toBe('');
    expect(standIn.expiration).toBeNaN();
    standIn.keyStatuses.forEach(() => expect.unreachable());
    await expect(standIn.close()).rejects.toMatchObject({ name: 'InvalidStateError' });
  });

  it('that there is makes no request, and shows what it has', async () => {
    const { request, onStatuses, standIn } = await setup({ isThere: true });
    const session = await request();

    expect(session.methods.generateRequest).not.toHaveBeenCalled();
    expect(onStatuses).toHaveBeenCalledOnce();
    expect(standIn.sessionId).toBe('session-0');
  });

  it('that is made says and does as that does', async () => {
    const { request, standIn, onMessage, onStatuses } = await setup({ isThere: false });
    const session = await request();
    expect(session.methods.generateRequest).toHaveBeenCalledExactlyOnceWith('cenc', INIT_DATA);
    session.say(1);
    expect(onMessage.mock.calls[0]?.[0]).toMatchObject({ messageType: 'license-request', target: standIn });
    session.hold('usable');
    expect(onStatuses).toHaveBeenCalledOnce();
    const statuses = vi.fn();
    standIn.keyStatuses.forEach(statuses);
    expect(statuses).toHaveBeenCalledExactlyOnceWith('usable', expect.anything(), expect.anything());

    await standIn.update(new Uint8Array([9]));
    await standIn.remove();
    await standIn.close();
    expect(session.methods.update).toHaveBeenCalledExactlyOnceWith(new Uint8Array([9]));
    expect(session.methods.remove).toHaveBeenCalledOnce();
    await expect(standIn.closed).resolves.toBe('closed-by-application');
  });

  it('is what the media keys give for the time of the work only', async () => {
    const { mediaKeys } = await setup({ isThere: false });

    expect(Object.keys(mediaKeys)).toEqual([]);
  });
});
