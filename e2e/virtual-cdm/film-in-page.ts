/** What a page plays, and under which key system. */
export interface FilmOptions {
  readonly keySystem: string;
  /** Where the init segment and the numbered segments lie. */
  readonly folder: string;
  readonly encryptionScheme: 'cenc' | 'cbcs';
  readonly segments: number;
  /** A Clear Key license as JSON; what the media element really decrypts with lies in here. */
  readonly license: string;
  /** Init data of type `keyids`. */
  readonly initData: string;
}

/** A film that plays in a page, for the test to look at. */
export interface FilmInPage {
  readonly video: HTMLVideoElement;
  readonly access: MediaKeySystemAccess;
  readonly mediaKeys: MediaKeys;
  readonly session: MediaKeySession;
  /** What the media element and the session have told, in order. */
  readonly events: string[];
}

declare global {
  var film: FilmInPage;
}

/** Runs in the page, so that it stands by itself. Plays by MSE and EME alone, as a small player would. */
export async function playFilm(options: FilmOptions): Promise<void> {
  const contentType = 'video/mp4; codecs="avc1.4d401e"';
  const events: string[] = [];
  const video = document.querySelector('video') ?? document.body.appendChild(document.createElement('video'));
  video.muted = true;
  for (const type of ['encrypted', 'waitingforkey', 'playing', 'waiting', 'error']) {
    video.addEventListener(type, () => events.push(type));
  }

  const access = await navigator.requestMediaKeySystemAccess(options.keySystem, [
    {
      initDataTypes: ['keyids'],
      videoCapabilities: [{ contentType, encryptionScheme: options.encryptionScheme }],
    },
  ]);
  const mediaKeys = await access.createMediaKeys();
  await video.setMediaKeys(mediaKeys);
  const session = mediaKeys.createSession();
  const encoder = new TextEncoder();
  session.addEventListener('message', ({ messageType }) => {
    events.push(messageType);
    if (messageType === 'license-request') void session.update(encoder.encode(options.license));
  });
  session.addEventListener('keystatuseschange', () => {
    events.push([...session.keyStatuses.values()].join(' ') || 'no keys');
  });

  globalThis.film = { video, access, mediaKeys, session, events };
  const isUsable = new Promise((resolve) =>
    session.addEventListener('keystatuseschange', resolve, { once: true }),
  );
  await session.generateRequest('keyids', encoder.encode(options.initData));
  // With the key there from the start, the element has to wait for it only when it is taken away.
  await isUsable;

  const source = new MediaSource();
  video.src = URL.createObjectURL(source);
  await new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }));
  const buffer = source.addSourceBuffer(contentType);
  const files = ['init.mp4', ...Array.from({ length: options.segments }, (_, index) => `${index + 1}.m4s`)];
  for (const file of files) {
    const answer = await fetch(`${options.folder}/${file}`);
    buffer.appendBuffer(await answer.arrayBuffer());
    await new Promise((resolve) => buffer.addEventListener('updateend', resolve, { once: true }));
  }
  await video.play();
}
