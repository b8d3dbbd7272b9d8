/** Runs in the page, so that it stands by itself. Keeps a license, closes its session, and gives the session's id. */
export async function keepLicense({
  license,
  initData,
  isOpen,
}: {
  readonly license: string;
  readonly initData: string;
  readonly isOpen?: boolean;
}): Promise<string> {
  const access = await navigator.requestMediaKeySystemAccess('com.example.drm', [
    {
      persistentState: 'required',
      sessionTypes: ['persistent-license'],
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }],
    },
  ]);
  const mediaKeys = await access.createMediaKeys();
  const session = mediaKeys.createSession('persistent-license');
  const encoder = new TextEncoder();
  await session.generateRequest('keyids', encoder.encode(initData));
  await session.update(encoder.encode(license));
  const { sessionId } = session;
  if (isOpen) Object.assign(globalThis, { openSession: session });
  else await session.close();

  return sessionId;
}

/** Runs in the page, so that it stands by itself. What `load()` comes to, and which statuses the session then has. */
export async function loadSession(sessionId: string): Promise<string> {
  const access = await navigator.requestMediaKeySystemAccess('com.example.drm', [
    {
      persistentState: 'required',
      sessionTypes: ['persistent-license'],
      videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.4d401e"' }],
    },
  ]);
  const session = (await access.createMediaKeys()).createSession('persistent-license');
  try {
    const isLoaded = await session.load(sessionId);
    const outcome = [isLoaded, ...session.keyStatuses.values()].join(' ');
    if (isLoaded) await session.close();
    return outcome;
  } catch (error) {
    return (error as Error).name;
  }
}

/** Runs in the page, so that it stands by itself. What lies in a store of the virtual CDM's database, as text. */
export async function readStore(name: 'sessions' | 'identities' | 'keys'): Promise<string[]> {
  const settled = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error(request.error?.name)));
    });
  const database = await settled(indexedDB.open('@secure-player/virtual-cdm'));
  const values: unknown[] = await settled(database.transaction(name).objectStore(name).getAll());
  database.close();

  return values.map((value) =>
    JSON.stringify(value, (_, member: unknown) =>
      member instanceof Uint8Array
        ? Array.from(member, (byte) => byte.toString(16).padStart(2, '0')).join('')
        : member instanceof CryptoKey
          ? { type: member.type, extractable: member.extractable }
          : member,
    ),
  );
}
