/** Gives the focus that is within an element to another: with the first it would be lost, and the player's keys with it. */
export function passFocus(from: Element | null, to: HTMLElement | null): void {
  const { activeElement } = (from?.getRootNode() ?? {}) as Partial<DocumentOrShadowRoot>;
  if (activeElement && from?.contains(activeElement)) to?.focus({ preventScroll: true });
}
