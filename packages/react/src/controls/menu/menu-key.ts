/** Which of `labels` a key in a menu moves to, from the one at `index`; null where the key moves nowhere. */
export function menuKeyTarget(key: string, index: number, labels: readonly string[]): number | null {
  const { length } = labels;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % length;
    case 'ArrowUp':
      return (index - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return key.length === 1 && key !== ' ' ? indexByLetter(key, index, labels) : null;
  }
}

/** The next one that begins with a letter, as in the menus of desktops. */
function indexByLetter(letter: string, index: number, labels: readonly string[]): number | null {
  const wanted = letter.toLocaleLowerCase();
  const { length } = labels;
  const order = labels.map((_, offset) => (index + 1 + offset) % length);

  return order.find((at) => labels[at]?.trim().toLocaleLowerCase().startsWith(wanted)) ?? null;
}
