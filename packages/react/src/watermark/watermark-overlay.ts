import type { Clock } from '@secure-player/core';

/** What was done to a watermark, which is whole again by now. */
export interface WatermarkTampering {
  readonly kind: 'removed' | 'altered';
  /** How often it had to be restored since it was put up. */
  readonly count: number;
}

/** Options of {@link WatermarkOverlay}. */
export interface WatermarkOverlayOptions {
  /** The outermost element of the player. */
  readonly root: HTMLElement;
  readonly text: string;
  /** 0 to 1. */
  readonly opacity: number;
  readonly clock: Clock;
  readonly onTamper: (tampering: WatermarkTampering) => void;
}

/** How long it stays in one place, in milliseconds. */
const MOVE_EVERY_MS = 20_000;

/** How often it is restored, at most, in a second: a script that removes it each time must not hold up the page. */
const RESTORES_PER_SECOND = 5;
const SECOND_MS = 1_000;

/** Where it stands, by turn: top and left, in per cent. It must fit right of and below each. */
const PLACES = [
  [7, 5],
  [58, 52],
  [10, 55],
  [66, 6],
  [36, 30],
] as const;

/**
 * Held to by `!important` in the element's own style, which no sheet of the page overrides. `all` comes first: it puts back
 * whatever else a sheet may have set.
 */
const STYLE: Readonly<Record<string, string>> = {
  all: 'initial',
  position: 'absolute',
  'z-index': '1',
  display: 'block',
  visibility: 'visible',
  'max-width': '42%',
  color: '#fff',
  'font-family': 'system-ui, sans-serif',
  'font-size': 'clamp(11px, 1.7cqi, 24px)',
  'font-weight': '600',
  'line-height': '1.35',
  'overflow-wrap': 'anywhere',
  'text-shadow': '0 0 2px #000, 0 0 6px #000',
  'white-space': 'pre-wrap',
  'pointer-events': 'none',
  'user-select': 'none',
  'forced-color-adjust': 'none',
};

/**
 * A text over the picture that comes back when it is taken away or changed. It is made and kept without React, which would
 * fail at removing what somebody else has removed.
 */
export class WatermarkOverlay {
  readonly #options: WatermarkOverlayOptions;
  readonly #observer: MutationObserver;
  #element: HTMLElement | null = null;
  /** The style as the browser has it, once it is as it should be. */
  #style = '';
  #place = 0;
  #count = 0;
  /** When it was restored last. */
  #restoredAt: readonly number[] = [];
  #cancelMove = () => {};
  #cancelRestore: (() => void) | null = null;

  constructor(options: WatermarkOverlayOptions) {
    this.#options = options;
    this.#observer = new MutationObserver(() => this.#check());
  }

  /** Puts it up. */
  start(): void {
    this.#show();
    this.#moveLater();
  }

  /** Takes it down. */
  stop(): void {
    this.#observer.disconnect();
    this.#cancelMove();
    this.#cancelRestore?.();
    this.#element?.remove();
    this.#element = null;
  }

  #show(): void {
    const { root, text } = this.#options;
    this.#observer.disconnect();
    this.#element?.remove();

    const element = root.ownerDocument.createElement('div');
    element.dataset['part'] = 'watermark';
    element.ariaHidden = 'true';
    element.textContent = text;
    this.#element = element;
    this.#applyStyle(element);
    root.append(element);
    this.#observer.observe(root, { childList: true });
    this.#observer.observe(element, {
      attributes: true,
      childList: true,
      characterData: true,
      subtree: true,
    });
  }

  #applyStyle(element: HTMLElement): void {
    const [top, left] = PLACES[this.#place % PLACES.length] ?? PLACES[0];
    const place = { top: `${top}%`, left: `${left}%`, opacity: String(this.#options.opacity) };
    // By the object model: a content security policy may forbid the attribute.
    for (const [name, value] of Object.entries({ ...STYLE, ...place })) {
      element.style.setProperty(name, value, 'important');
    }
    this.#style = element.style.cssText;
  }

  #moveLater(): void {
    this.#cancelMove = this.#options.clock.schedule(() => {
      this.#place += 1;
      if (this.#element && !this.#tampering()) this.#applyStyle(this.#element);
      this.#moveLater();
    }, MOVE_EVERY_MS);
  }

  #check(): void {
    const kind = this.#tampering();
    if (!kind || this.#cancelRestore) return;

    const { clock, onTamper } = this.#options;
    const now = clock.now();
    this.#restoredAt = this.#restoredAt.filter((at) => now - at < SECOND_MS);
    if (this.#restoredAt.length >= RESTORES_PER_SECOND) {
      this.#cancelRestore = clock.schedule(() => {
        this.#cancelRestore = null;
        this.#check();
      }, SECOND_MS);
      return;
    }

    this.#restoredAt = [...this.#restoredAt, now];
    this.#count += 1;
    this.#show();
    onTamper({ kind, count: this.#count });
  }

  #tampering(): WatermarkTampering['kind'] | null {
    const [element, { root, text }] = [this.#element, this.#options];
    if (!element) return null;
    if (element.parentNode !== root) return 'removed';

    const isWhole =
      element.textContent === text &&
      element.childElementCount === 0 &&
      element.style.cssText === this.#style &&
      // `data-part`, `aria-hidden` and `style`: any other could hide it, as `hidden` and `popover` do.
      element.attributes.length === 3;
    return isWhole ? null : 'altered';
  }
}
