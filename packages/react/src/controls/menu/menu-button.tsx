'use client';

import {
  forwardRef,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type ComponentType,
  type ForwardRefExoticComponent,
  type ReactNode,
  type RefAttributes,
  type RefObject,
} from 'react';

import { ControlButton, type ControlButtonProps } from '../control-button/control-button.js';

/** Props of the parts that are menus: those of the `<button>` that opens them. */
export type ChoiceMenuProps = Omit<ControlButtonProps, 'children'>;

/** What an open menu is given. */
export interface MenuProps {
  readonly id: string;
  /** Closes the menu, and gives the focus back to its button. */
  readonly close: () => void;
}

interface MenuButtonProps extends ChoiceMenuProps {
  part: string;
  label: string;
  icon: ReactNode;
  shortcut?: string | undefined;
  /** What is shown while the menu is open. */
  Menu: ComponentType<MenuProps>;
}

/** A button that opens a menu, and closes it at Escape, Tab, a choice, or a press elsewhere. */
export const MenuButton: ForwardRefExoticComponent<MenuButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, MenuButtonProps>(function MenuButton({ Menu, ...props }, ref) {
    const [isOpen, setOpen] = useState(false);
    const id = useId();
    const button = useRef<HTMLButtonElement>(null);
    const panel = useRef<HTMLDivElement>(null);
    useImperativeHandle(ref, () => button.current as HTMLButtonElement, []);
    usePressElsewhere(isOpen, [button, panel], () => setOpen(false));

    const close = () => {
      setOpen(false);
      button.current?.focus();
    };

    return (
      <>
        <ControlButton
          {...props}
          ref={button}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onActivate={() => setOpen(!isOpen)}
        />
        {isOpen && (
          <div ref={panel} className="secure-player-menu-panel" data-part="menu">
            <Menu id={id} close={close} />
          </div>
        )}
      </>
    );
  });

function usePressElsewhere(
  isOpen: boolean,
  inside: readonly RefObject<HTMLElement | null>[],
  close: () => void,
): void {
  useEffect(() => {
    if (!isOpen) return undefined;

    const onPress = (event: Event) => {
      const path = event.composedPath();
      if (!inside.some(({ current }) => current && path.includes(current))) close();
    };
    document.addEventListener('pointerdown', onPress, true);

    return () => document.removeEventListener('pointerdown', onPress, true);
  });
}
