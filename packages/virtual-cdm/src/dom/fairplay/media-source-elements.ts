import type { PatchSet } from '../patch/patch-set.js';

/** Finds the media element that a SourceBuffer feeds: the platform does not tell. */
export class MediaSourceElements {
  readonly #onElement: (element: HTMLMediaElement) => void;
  readonly #urls = new Map<string, WeakRef<MediaSource>>();
  #elements: WeakRef<HTMLMediaElement>[] = [];

  /** `onElement` is told of every element that a script gives media to. */
  constructor(onElement: (element: HTMLMediaElement) => void) {
    this.#onElement = onElement;
  }

  patch(patches: PatchSet): void {
    patches.method(URL, 'createObjectURL', (original) => (self, args) => {
      const url = original(self, args) as string;
      this.#seeUrl(url, args[0]);
      return url;
    });
    // Chromium takes no MediaSource as `srcObject`.
    patches.accessor(HTMLMediaElement.prototype, 'src', ({ set }) => ({
      set: (self, args) => {
        set(self, args);
        this.#seeElement(self);
      },
    }));
  }

  elementOf(buffer: SourceBuffer): HTMLMediaElement | null {
    const source = alive([...this.#urls.values()]).find(({ sourceBuffers }) =>
      Array.from(sourceBuffers).includes(buffer),
    );
    if (!source) return null;

    // Elements that got their `src` as an attribute, or by a <source>, are found in the document.
    const candidates = [
      ...alive(this.#elements),
      ...document.querySelectorAll<HTMLMediaElement>('video, audio'),
    ];
    return candidates.find((element) => this.#sourceOf(element) === source) ?? null;
  }

  #sourceOf(element: HTMLMediaElement): unknown {
    const [url = ''] = (element.currentSrc || element.src).split('#');
    return this.#urls.get(url)?.deref();
  }

  #seeUrl(url: string, source: unknown): void {
    if (!(source instanceof MediaSource)) return;

    for (const [known, reference] of this.#urls) {
      if (!reference.deref()) this.#urls.delete(known);
    }
    this.#urls.set(url, new WeakRef(source));
  }

  #seeElement(element: unknown): void {
    const elements = alive(this.#elements);
    const added = element as HTMLMediaElement;
    this.#elements = [...new Set([...elements, added])].map((each) => new WeakRef(each));
    this.#onElement(added);
  }
}

function alive<Item extends object>(references: readonly WeakRef<Item>[]): Item[] {
  return references.flatMap((reference) => reference.deref() ?? []);
}
