/** Whose keys an element has when init data come, and how it got its media. */
export interface AppendOptions {
  /** An init segment. */
  readonly url: string;
  /** MediaKeys that the page makes first; a name with `!` is made and not set on the element. */
  readonly keys?: string | undefined;
  readonly source?: 'src' | 'attribute' | 'child' | undefined;
  readonly isDetached?: boolean | undefined;
  readonly asView?: boolean | undefined;
}

/** What a page hears of `encrypted` events: by whom, of which type, and with which `sinf` boxes or bytes. */
export interface HeardEvent {
  readonly by: string;
  readonly initDataType: string;
  readonly sinf: readonly string[] | null;
}

/** Runs in the page, so that it stands by itself. Appends an init segment to an element and listens in every way. */
export async function appendInit(options: AppendOptions): Promise<HeardEvent[]> {
  const contentType = 'video/mp4; codecs="avc1.4d401e"';
  const heard: HeardEvent[] = [];
  const listener = (by: string) => (event: Event) => {
    const { initDataType, initData } = event as MediaEncryptedEvent;
    const sinf =
      initDataType === 'sinf'
        ? (JSON.parse(new TextDecoder().decode(initData ?? undefined)) as { sinf: string[] }).sinf
        : null;
    heard.push({ by, initDataType, sinf });
  };
  const video = document.createElement('video');
  if (!options.isDetached) document.body.append(video);
  video.addEventListener('encrypted', listener('listener'));
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- handlers of this kind are what is tried
  video.onencrypted = listener('handler');

  if (options.keys !== undefined) {
    const [name = '', notSet] = options.keys.split('!');
    const access = await navigator.requestMediaKeySystemAccess(name, [
      { videoCapabilities: [{ contentType, encryptionScheme: 'cbcs' }] },
    ]);
    const mediaKeys = await access.createMediaKeys();
    if (notSet === undefined) await video.setMediaKeys(mediaKeys);
  }

  const media = new MediaSource();
  const isOpen = new Promise((resolve) => media.addEventListener('sourceopen', resolve, { once: true }));
  const url = URL.createObjectURL(media);
  if (options.source === 'attribute') video.setAttribute('src', url);
  else if (options.source === 'child')
    video.append(Object.assign(document.createElement('source'), { src: url }));
  else video.src = url;
  await isOpen;
  const buffer = media.addSourceBuffer(contentType);
  const bytes = await (await fetch(options.url)).arrayBuffer();
  const wrapped = new Uint8Array(bytes.byteLength + 10);
  wrapped.set(new Uint8Array(bytes), 5);
  // An init segment tells of its encryption before the element has all that it says; where it cannot be read, it does neither.
  const isRead = Promise.race([
    new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true })),
    new Promise((resolve) => video.addEventListener('error', resolve, { once: true })),
  ]);
  buffer.appendBuffer(options.asView ? wrapped.subarray(5, 5 + bytes.byteLength) : bytes);
  await isRead;
  video.remove();

  return heard;
}
