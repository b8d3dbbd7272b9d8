'use client';

import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';

import { usePlayerInstance } from '../../player/player-context.js';
import { usePlayer } from '../../player/use-player.js';
import { joinClassNames } from '../join-class-names.js';
import type { ControlButtonProps } from '../control-button/control-button.js';
import { secondsBehindLive, seekRangeOf } from '../seek-bar/seek-range.js';
import { useControlMessages } from '../use-control-messages.js';

/** Says that a stream is live, with `data-edge` at its edge, and goes there. Nothing for what is not live. */
export const LiveButton: ForwardRefExoticComponent<ControlButtonProps & RefAttributes<HTMLButtonElement>> =
  forwardRef<HTMLButtonElement, ControlButtonProps>(function LiveButton(
    { className, onClick, ...rest },
    ref,
  ) {
    const messages = useControlMessages();
    const { getState, actions } = usePlayerInstance('LiveButton');
    const isLive = usePlayer(({ live }) => live);
    const isAtEdge = usePlayer((state) => !state.paused && secondsBehindLive(state) === 0);
    if (!isLive) return null;

    return (
      <button
        {...rest}
        ref={ref}
        className={joinClassNames('secure-player-live', className)}
        type="button"
        data-part="live-button"
        data-edge={isAtEdge ? '' : undefined}
        data-tooltip={isAtEdge ? undefined : messages.goLive}
        aria-disabled={isAtEdge}
        aria-label={isAtEdge ? undefined : `${messages.live}: ${messages.goLive}`}
        onClick={(event) => {
          onClick?.(event);
          const range = seekRangeOf(getState());
          if (event.defaultPrevented || isAtEdge || !range) return;

          actions.seek(range.end);
          actions.play().catch(() => {});
        }}
      >
        <span className="secure-player-live-dot" aria-hidden="true" />
        {messages.live}
      </button>
    );
  });
