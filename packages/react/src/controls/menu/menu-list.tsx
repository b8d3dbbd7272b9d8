'use client';

import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

import { menuKeyTarget } from './menu-key.js';

/** Props of {@link MenuList}. */
export interface MenuListProps {
  id?: string | undefined;
  label: string;
  /** Called for Escape and for the arrow that points out of a submenu. */
  onLeave: (key: string) => void;
  /** Called for Tab, before the browser moves on: focus has to be somewhere that stays. */
  onTab: () => void;
  children: ReactNode;
}

/** The items of a menu: focus starts at the chosen one and moves by arrows, Home, End and first letters. */
export function MenuList({ id, label, onLeave, onTab, children }: MenuListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const items = itemsOf(list.current);
    const first = items.find((item) => item.matches('[data-focus-first], [aria-checked="true"]')) ?? items[0];
    first?.focus({ preventScroll: true });
    first?.scrollIntoView?.({ block: 'nearest' });
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const { key, currentTarget } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'Tab') return onTab();

    const items = itemsOf(currentTarget);
    const index = items.indexOf(event.target as HTMLElement);
    const target = menuKeyTarget(
      key,
      index,
      items.map(({ textContent }) => textContent),
    );
    if (target !== null) items[target]?.focus();
    else if (key === 'Escape' || key === 'ArrowLeft' || key === 'ArrowRight') onLeave(key);
    else return;

    event.preventDefault();
  };

  return (
    <div
      ref={list}
      id={id}
      className="secure-player-menu"
      role="menu"
      tabIndex={0}
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}
