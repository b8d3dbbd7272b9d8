import type { ReadStream } from 'node:tty';

/** Where a password comes from: a terminal, or whatever else was put into standard input. */
export type PasswordInput = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>;

const MAX_LENGTH = 1024;
const ENTER = new Set(['\r', '\n', '\u0004']);
const INTERRUPT = '\u0003';
const BACKSPACES = new Set(['\u007f', '\b']);

/**
 * Reads one line. A terminal does not show what is typed. Null when it was interrupted, or when there is nothing or more
 * than a login would take.
 */
export async function readPassword(input: PasswordInput, prompt: () => void): Promise<string | null> {
  if (input.isTTY !== true) return usable(await readLine(input));

  prompt();
  input.setRawMode?.(true);
  try {
    return usable(await readTyped(input));
  } finally {
    input.setRawMode?.(false);
  }
}

function usable(password: string | null): string | null {
  return password === null || password === '' || password.length > MAX_LENGTH ? null : password;
}

async function readLine(input: PasswordInput): Promise<string> {
  input.setEncoding('utf8');
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 2 * MAX_LENGTH) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** In raw mode the terminal does nothing by itself: no echo, no erasing, no interrupting. */
async function readTyped(input: PasswordInput): Promise<string | null> {
  input.setEncoding('utf8');
  const typed: string[] = [];
  for await (const chunk of input) {
    for (const character of String(chunk)) {
      if (character === INTERRUPT) return null;
      if (ENTER.has(character)) return typed.join('');
      if (BACKSPACES.has(character)) typed.pop();
      else typed.push(character);
    }
  }
  return typed.join('');
}
