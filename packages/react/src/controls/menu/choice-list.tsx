'use client';

import type { ReactNode } from 'react';

import type { ChoiceGroup } from './choice-group.js';
import { ChoiceItems } from './choice-items.js';
import type { MenuProps } from './menu-button.js';
import { MenuList } from './menu-list.js';

/** A menu of one group of choices, which closes at a choice. */
export function ChoiceList({ id, close, group }: MenuProps & { group: ChoiceGroup }): ReactNode {
  return (
    <MenuList id={id} label={group.label} onLeave={(key) => key === 'Escape' && close()} onTab={close}>
      <ChoiceItems group={group} onChoose={close} />
    </MenuList>
  );
}
