/** What of a `KeyboardEvent` tells which shortcut is meant. */
export type Keystroke = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

const OTHER_LETTER = /^(?!\p{Script=Latin})\p{L}/u;
const OTHER_DIGIT = /^(?!\d)\p{Nd}$/u;

/**
 * The key as the keyboard map has it. Who writes Arabic or Cyrillic has no Latin letters to press: there it is the letter
 * that the same key has on a keyboard of the United States. Latin letters count by what they are, wherever they lie.
 */
export function shortcutKey({ key, code, shiftKey }: Keystroke): string {
  if (OTHER_LETTER.test(key)) return latinKeyAt(code, shiftKey) ?? key;
  if (OTHER_DIGIT.test(key)) return /\d$/.exec(code)?.[0] ?? key;

  return key.toLowerCase();
}

function latinKeyAt(code: string, shiftKey: boolean): string | null {
  if (code.startsWith('Key')) return code.slice('Key'.length).toLowerCase();
  if (!shiftKey) return null;

  return { Comma: '<', Period: '>' }[code] ?? null;
}
