/** Where whatever is typed is text. */
const TEXT =
  'textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="menu"] *';
const TEXT_INPUT =
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="reset"])';

/** Whether a focused element has a use of its own for a key, so that the player must leave it alone. */
export function takesKey(element: Element, key: string): boolean {
  if (element.closest(`${TEXT}, ${TEXT_INPUT}`)) return true;
  if (key === ' ' || key === 'Enter') {
    return element.closest('button, a[href], summary, input, [role="button"]') !== null;
  }

  const isMove = key.startsWith('Arrow') || key === 'Home' || key === 'End';
  return isMove && element.closest('input, [role="slider"], [role="tablist"], [role="listbox"]') !== null;
}
