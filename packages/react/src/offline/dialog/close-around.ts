import type { MouseEvent } from 'react';

/** Closes the dialog around a button: what is in a dialog need not be handed a way to close it. */
export function closeAround({ currentTarget }: Pick<MouseEvent<HTMLElement>, 'currentTarget'>): void {
  currentTarget.closest('dialog')?.close();
}
