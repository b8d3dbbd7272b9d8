'use client';

import { systemClock, type Clock } from '@secure-player/core';
import { useEffect, type RefObject } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayerView } from '../../player/player-view.js';
import { togglePlay } from '../play-button/toggle-play.js';
import { IdleWatch } from './idle-watch.js';

const IDLE_MS = 3_000;

/**
 * Hides controls while the title plays and the viewer does nothing; says so as `data-controls` on the player's root,
 * outside of React. They stay while paused, while a menu is open, while the keyboard has focus in them, and under a mouse.
 */
export function useAutoHide(controls: RefObject<HTMLElement | null>, clock: Clock = systemClock): void {
  const player = usePlayerInstance('useAutoHide');
  const { root, video } = usePlayerView();

  useEffect(() => {
    const elements = { root: root.current, video: video.current, controls: controls.current };
    return isComplete(elements) ? watch(elements, player, clock) : undefined;
  }, [player, root, video, controls, clock]);
}

interface Elements {
  readonly root: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly controls: HTMLElement;
}

type Player = ReturnType<typeof usePlayerInstance>;

function isComplete(elements: { readonly [K in keyof Elements]: Elements[K] | null }): elements is Elements {
  return Object.values(elements).every((element) => element !== null);
}

function watch({ root, video, controls }: Elements, player: Player, clock: Clock): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let pointer = 'mouse';
  const idle = new IdleWatch({
    clock,
    idleMs: IDLE_MS,
    mayHide: () => !player.getState().paused && !isInUse(controls, pointer),
    onChange: (isVisible) => {
      root.dataset['controls'] = isVisible ? 'visible' : 'hidden';
    },
  });
  const notePointer = (event: PointerEvent) => {
    pointer = event.pointerType;
  };
  const stir = () => idle.stir();

  root.dataset['controls'] = 'visible';
  root.addEventListener('pointerdown', notePointer, { signal, capture: true });
  root.addEventListener(
    'pointermove',
    (event) => {
      notePointer(event);
      // A finger that taps moves too; what a tap does is decided when it ends.
      if (event.pointerType !== 'touch') stir();
    },
    { signal },
  );
  root.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && idle.hide(), { signal });
  root.addEventListener('keydown', stir, { signal });
  root.addEventListener('focusin', (event) => event.target !== root && stir(), { signal });
  controls.addEventListener('click', stir, { signal });
  video.addEventListener(
    'click',
    () => {
      if (pointer !== 'touch') togglePlay(player);
      else if (idle.isVisible) idle.hide();
      else idle.stir();
    },
    { signal },
  );

  let { paused } = player.getState();
  const unsubscribe = player.subscribe(() => {
    if (player.getState().paused !== paused) idle.stir();
    ({ paused } = player.getState());
  });
  idle.stir();

  return () => {
    controller.abort();
    unsubscribe();
    idle.stop();
    delete root.dataset['controls'];
  };
}

function isInUse(controls: HTMLElement, pointer: string): boolean {
  const uses = ['[aria-expanded="true"]', '[data-dragging]', ':focus-visible'];
  // After a tap the last thing tapped counts as hovered, for as long as nothing else is.
  if (pointer === 'mouse') uses.push('[data-part="control-bar"]:hover');

  return controls.querySelector(uses.join()) !== null;
}
