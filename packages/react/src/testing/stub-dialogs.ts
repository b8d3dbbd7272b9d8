import { vi } from 'vitest';

/** What jsdom leaves out of a dialog: it opens, closes and tells so, and does not keep the focus. Undone after the test. */
export function stubDialogs(): void {
  const prototype = HTMLDialogElement.prototype;
  const define = (name: 'showModal' | 'close', value: (this: HTMLDialogElement) => void) => {
    if (!(name in prototype))
      Object.defineProperty(prototype, name, { value: () => {}, configurable: true, writable: true });
    vi.spyOn(prototype, name).mockImplementation(value);
  };
  define('showModal', function showModal() {
    this.open = true;
  });
  define('close', function close() {
    if (!this.open) return;

    this.open = false;
    // A browser tells it in a task of its own.
    queueMicrotask(() => this.dispatchEvent(new Event('close')));
  });
}
