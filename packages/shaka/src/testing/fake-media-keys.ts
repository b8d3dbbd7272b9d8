import { vi } from 'vitest';

type Session = ReturnType<typeof createFakeSession>;

/** Media keys whose sessions say and hold what a test tells them, and open as `request` does. */
export function createFakeMediaKeys(request: () => Promise<void> = async () => {}) {
  const sessions: Session[] = [];
  const mediaKeys = {
    createSession: vi.fn((_type?: MediaKeySessionType) => {
      const session = createFakeSession(`session-${sessions.length}`, request);
      sessions.push(session);
      return session as unknown as MediaKeySession;
    }),
  };

  return { mediaKeys: Object.create(mediaKeys) as MediaKeys, create: mediaKeys.createSession, sessions };
}

function createFakeSession(sessionId: string, request: () => Promise<void>) {
  const events = new EventTarget();
  const keyStatuses = new Map<Uint8Array, string>();
  let end = (_reason: string) => {};
  const closed = new Promise<string>((resolve) => {
    end = resolve;
  });
  const methods = {
    generateRequest: vi.fn((_type: string, _initData: Uint8Array) => request()),
    update: vi.fn(async (_license: Uint8Array): Promise<void> => {}),
    close: vi.fn(async () => end('closed-by-application')),
    remove: vi.fn(async (): Promise<void> => {}),
    load: vi.fn(async (_sessionId: string) => true),
  };

  return Object.assign(Object.create(methods) as typeof methods, {
    sessionId,
    keyStatuses,
    closed,
    addEventListener: events.addEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
    methods,
    /** Closes it, as a module does. */
    end: (reason: string) => end(reason),
    say(...bytes: number[]) {
      const { buffer } = new Uint8Array(bytes);
      events.dispatchEvent(
        Object.assign(new Event('message'), { messageType: 'license-request', message: buffer }),
      );
    },
    hold(status: string) {
      keyStatuses.set(new Uint8Array([1]), status);
      events.dispatchEvent(new Event('keystatuseschange'));
    },
  });
}
