'use client';

import {
  forwardRef,
  useState,
  type ForwardRefExoticComponent,
  type ReactElement,
  type RefAttributes,
} from 'react';

import { useAudioChoices } from '../audio-menu/use-audio-choices.js';
import { useCaptionsChoices } from '../captions-menu/use-captions-choices.js';
import { ICONS } from '../icons/icons.js';
import type { ChoiceGroup } from '../menu/choice-group.js';
import { ChoiceItems } from '../menu/choice-items.js';
import { MenuButton, type ChoiceMenuProps, type MenuProps } from '../menu/menu-button.js';
import { MenuList } from '../menu/menu-list.js';
import { usePlaybackRateChoices } from '../playback-rate-menu/use-playback-rate-choices.js';
import { useQualityChoices } from '../quality-menu/use-quality-choices.js';
import { useControlMessages } from '../use-control-messages.js';

const GROUP_ICONS: Readonly<Record<string, ReactElement>> = {
  'quality-menu': ICONS.quality,
  'audio-menu': ICONS.audio,
  'captions-menu': ICONS.captions,
  'playback-rate-menu': ICONS.speed,
};

/** One menu for quality, sound, captions and speed, each in a menu below it; those without a choice are left out. */
export const SettingsMenu: ForwardRefExoticComponent<ChoiceMenuProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ChoiceMenuProps>(function SettingsMenu(props, ref) {
    const messages = useControlMessages();

    return (
      <MenuButton
        {...props}
        ref={ref}
        part="settings-menu"
        label={messages.settings}
        icon={ICONS.settings}
        Menu={SettingsPages}
      />
    );
  });

/** The list of groups, or one of them. */
function SettingsPages({ id, close }: MenuProps) {
  const groups = [useQualityChoices(), useAudioChoices(), useCaptionsChoices(), usePlaybackRateChoices()];
  const [{ opened, last }, setPage] = useState<{ opened: string | null; last: string | null }>({
    opened: null,
    last: null,
  });
  const group = groups.find(({ part }) => part === opened);

  if (group) {
    return (
      <GroupPage
        key={group.part}
        {...{ id, group, close }}
        onBack={() => setPage({ opened: null, last: opened })}
      />
    );
  }
  return (
    <GroupList {...{ id, groups, last, close }} onOpen={(part) => setPage({ opened: part, last: part })} />
  );
}

interface GroupListProps {
  id: string;
  groups: readonly ChoiceGroup[];
  /** The group that the viewer comes back from. */
  last: string | null;
  close: () => void;
  onOpen: (part: string) => void;
}

function GroupList({ id, groups, last, close, onOpen }: GroupListProps) {
  const messages = useControlMessages();

  return (
    <MenuList
      id={id}
      label={messages.settings}
      onTab={close}
      onLeave={(key) => {
        const { group: part } = (document.activeElement as HTMLElement | null)?.dataset ?? {};
        if (key === 'Escape') close();
        else if (pointsInwards(key, document.activeElement) && part !== undefined) onOpen(part);
      }}
    >
      {groups
        .filter(({ choices }) => choices.length > 1)
        .map(({ part, label, value }) => (
          <button
            key={part}
            className="secure-player-menu-item"
            type="button"
            role="menuitem"
            tabIndex={-1}
            data-group={part}
            data-focus-first={part === last ? '' : undefined}
            aria-haspopup="menu"
            onClick={() => onOpen(part)}
          >
            <span className="secure-player-menu-mark">{GROUP_ICONS[part]}</span>
            <span className="secure-player-menu-label">{label}</span>
            <span className="secure-player-menu-value">{value}</span>
            <span className="secure-player-menu-arrow">{ICONS.next}</span>
          </button>
        ))}
    </MenuList>
  );
}

interface GroupPageProps {
  id: string;
  group: ChoiceGroup;
  close: () => void;
  onBack: () => void;
}

function GroupPage({ id, group, close, onBack }: GroupPageProps) {
  const messages = useControlMessages();

  return (
    <MenuList
      id={id}
      label={group.label}
      onTab={close}
      onLeave={(key) => {
        if (key === 'Escape' || !pointsInwards(key, document.activeElement)) onBack();
      }}
    >
      <button
        className="secure-player-menu-item secure-player-menu-back"
        type="button"
        role="menuitem"
        tabIndex={-1}
        aria-label={`${messages.back}: ${group.label}`}
        onClick={onBack}
      >
        <span className="secure-player-menu-mark secure-player-menu-arrow">{ICONS.back}</span>
        <span className="secure-player-menu-label">{group.label}</span>
      </button>
      <ChoiceItems group={group} onChoose={close} />
    </MenuList>
  );
}

/** Whether an arrow points to where a submenu opens: right, and left in right-to-left text. */
function pointsInwards(key: string, item: Element | null): boolean {
  const isRtl = item !== null && getComputedStyle(item).direction === 'rtl';

  return key === (isRtl ? 'ArrowLeft' : 'ArrowRight');
}
