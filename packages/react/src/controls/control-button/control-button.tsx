'use client';

import {
  forwardRef,
  useSyncExternalStore,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type MouseEvent,
  type ReactNode,
  type RefAttributes,
} from 'react';

import { usePlayerView } from '../../player/player-view.js';
import { joinClassNames } from '../join-class-names.js';

/** Props of the parts that are buttons: those of a `<button>`. `onClick` runs first, and may prevent the default. */
export type ControlButtonProps = Omit<ComponentPropsWithoutRef<'button'>, 'type' | 'aria-label'>;

interface OwnProps extends ControlButtonProps {
  part: string;
  label: string;
  icon: ReactNode;
  /** As the keyboard map has it; told only while the player has keys. */
  shortcut?: string | undefined;
  onActivate: () => void;
}

/** A button of the controls: an icon, with its name for assistive technology and for a tooltip. */
export const ControlButton: ForwardRefExoticComponent<OwnProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, OwnProps>(function ControlButton(
    { part, label, icon, shortcut, onActivate, onClick, className, children, ...rest },
    ref,
  ) {
    const { shortcuts } = usePlayerView();
    const hasShortcuts = useSyncExternalStore(shortcuts.subscribe, shortcuts.get, () => false);
    const key = hasShortcuts ? shortcut : undefined;
    const activate = (event: MouseEvent<HTMLButtonElement>) => {
      onClick?.(event);
      if (!event.defaultPrevented) onActivate();
    };

    return (
      <button
        // A page that has keys of its own names them itself.
        aria-keyshortcuts={key}
        {...rest}
        ref={ref}
        className={joinClassNames('secure-player-control', className)}
        type="button"
        data-part={part}
        data-tooltip={key === undefined ? label : `${label} (${key})`}
        aria-label={label}
        onClick={activate}
      >
        {icon}
        {children}
      </button>
    );
  });
