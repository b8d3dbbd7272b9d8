'use client';

import type { ReactNode } from 'react';

import { ICONS } from '../icons/icons.js';
import type { Choice, ChoiceGroup } from './choice-group.js';

/** The choices of a group, as items of a menu. What cannot be chosen keeps its place, and says why. */
export function ChoiceItems({ group, onChoose }: { group: ChoiceGroup; onChoose: () => void }): ReactNode {
  return group.choices.map((choice) => <ChoiceItem key={choice.id} choice={choice} onChoose={onChoose} />);
}

function ChoiceItem({ choice, onChoose }: { choice: Choice; onChoose: () => void }): ReactNode {
  const { label, badge, isChosen, unusableReason } = choice;

  return (
    <button
      className="secure-player-menu-item"
      type="button"
      role="menuitemradio"
      tabIndex={-1}
      aria-checked={isChosen}
      // Not `disabled`: the reason could not be reached by keyboard.
      aria-disabled={unusableReason !== undefined || undefined}
      onClick={() => {
        if (unusableReason !== undefined) return;

        choice.choose();
        onChoose();
      }}
    >
      <span className="secure-player-menu-mark">{isChosen && ICONS.check}</span>
      <span className="secure-player-menu-label">
        {label}
        {badge !== undefined && <span className="secure-player-menu-badge"> {badge}</span>}
        {unusableReason !== undefined && <span className="secure-player-menu-reason"> {unusableReason}</span>}
      </span>
    </button>
  );
}
