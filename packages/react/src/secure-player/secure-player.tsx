'use client';

import { IDLE_STATE, type Player } from '@secure-player/core';
import {
  forwardRef,
  useContext,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ForwardRefExoticComponent,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
  type RefObject,
} from 'react';

import { DefaultControls } from '../controls/default-controls/default-controls.js';
import { joinClassNames } from '../controls/join-class-names.js';
import { createPagePlayer } from '../player/create-page-player.js';
import { EngineContext } from '../player/engine-context.js';
import { PlayerContext } from '../player/player-context.js';
import { ScopeContext } from '../player/player-scope.js';
import { PlayerViewContext, type PlayerView } from '../player/player-view.js';
import { ShortcutsInUse } from '../player/shortcuts-in-use.js';
import { useCommitEffect, useLatest } from '../player/use-latest.js';
import { useSecurePlayerSettings } from '../provider/secure-player-provider.js';
import { useKeptStream } from '../stream-lease/use-kept-stream.js';
import { ErrorSurface } from './error-surface.js';
import { reportChanges } from './report-changes.js';
import type { PlayerHandle, SecurePlayerEvents, SecurePlayerProps } from './secure-player-props.js';
import { StatusRegion } from './status-region.js';
import { useAttachment } from './use-attachment.js';
import { useKeptPictures } from './use-kept-pictures.js';

/**
 * Plays protected DASH and HLS.
 *
 * The root element shows what goes on as `data-status`, and `data-error-code` in an error; a ref gives the media element,
 * the state and the actions. Renders on a server as an idle player, and starts nothing before it is mounted.
 */
export const SecurePlayer: ForwardRefExoticComponent<SecurePlayerProps & RefAttributes<PlayerHandle>> =
  forwardRef<PlayerHandle, SecurePlayerProps>(function SecurePlayer(props, ref) {
    const { source, controls = false, keyboardShortcuts, onRecovery, className, style, children } = props;
    const { authorize, authorizedOrigins, authorizeSegments, backend, downloads } = useSecurePlayerSettings();
    const root = useRef<HTMLDivElement>(null);
    const video = useRef<HTMLVideoElement>(null);
    const { keyStatusPolicy, languages, preferred, cmcd, engineConfig } = props;
    const latest = useLatest({
      authorize,
      authorizedOrigins,
      authorizeSegments,
      downloads,
      keyStatusPolicy,
      languages,
      preferred,
      cmcd,
      engineConfig,
    });
    const makeFactory = useContext(EngineContext);
    const [player] = useState(() => createPagePlayer(() => latest.current, makeFactory));
    const pictures = useKeptPictures(source, downloads);
    const view = useView({ root, video, title: source?.title, ...pictures });

    useScope(player);
    // Effects run in this order: the page hears of the first load too, and the first mount loads once.
    useEvents(player, video, props);
    useSource(player, source);
    useTextTracks(player, props.textTracks);
    useAttachment(player, video);
    useKeptStream(player, backend, source?.session);
    useMirroredProp(video, 'muted', props.muted);
    useMirroredProp(video, 'loop', props.loop);
    useMirroredProp(video, 'playbackRate', props.playbackRate);
    useMirroredProp(video, 'defaultPlaybackRate', props.playbackRate);
    useImperativeHandle(ref, () => createHandle(player, video, root), [player]);

    return (
      <Belonging player={player}>
        <PlayerViewContext.Provider value={view}>
          <Root ref={root} player={player} className={className} style={style}>
            <video
              poster={pictures.poster}
              {...pickMediaProps(props)}
              {...props.videoProps}
              ref={video}
              className={joinClassNames('secure-player-video', props.videoProps?.className)}
              controls={controls === 'native'}
            />
            {children}
            {controls === true && <DefaultControls keyboardShortcuts={keyboardShortcuts} />}
            <StatusRegion policy={keyStatusPolicy} />
            <ErrorSurface root={root} video={video} onRecovery={onRecovery} />
          </Root>
        </PlayerViewContext.Provider>
      </Belonging>
    );
  });
SecurePlayer.displayName = 'SecurePlayer';

/** What is below a player belongs to it, another player aside. */
function Belonging({ player, children }: { player: Player; children: ReactNode }): ReactElement {
  return (
    <ScopeContext.Provider value={null}>
      <PlayerContext.Provider value={player}>{children}</PlayerContext.Provider>
    </ScopeContext.Provider>
  );
}

type RootProps = Pick<SecurePlayerProps, 'className' | 'style' | 'children'> & { player: Player };

const Root = forwardRef<HTMLDivElement, RootProps>(function Root(
  { player, className, style, children },
  ref,
) {
  const status = useSyncExternalStore(
    player.subscribe,
    () => player.getState().status,
    () => IDLE_STATE.status,
  );
  const errorCode = useSyncExternalStore(
    player.subscribe,
    () => player.getState().error?.code,
    () => undefined,
  );

  return (
    <div
      ref={ref}
      className={joinClassNames('secure-player', className)}
      style={style}
      tabIndex={-1}
      data-secure-player=""
      data-status={status}
      data-error-code={errorCode}
    >
      {children}
    </div>
  );
});

type ViewElements = Pick<PlayerView, 'root' | 'video'>;

/** The same object while the source says the same, however often the page writes it. */
function useView({ root, video, title, poster, thumbnails }: Partial<PlayerView> & ViewElements): PlayerView {
  const [shortcuts] = useState(() => new ShortcutsInUse());

  return useMemo(
    () => ({ root, video, title, poster, thumbnails, shortcuts }),
    [root, video, title, poster, thumbnails, shortcuts],
  );
}

/** Before paint, so that those who read the scope never show a player that has left. */
function useScope(player: Player): void {
  const scope = useContext(ScopeContext);
  useCommitEffect(() => scope?.join(player), [scope, player]);
}

function useSource(player: Player, source: SecurePlayerProps['source']): void {
  useEffect(() => player.setSource(source ?? null), [player, source]);
}

function useTextTracks(player: Player, textTracks: SecurePlayerProps['textTracks']): void {
  useEffect(() => player.setTextTracks(textTracks ?? []), [player, textTracks]);
}

function useEvents(
  player: Player,
  video: RefObject<HTMLVideoElement | null>,
  events: SecurePlayerEvents,
): void {
  const latest = useLatest(events);

  useEffect(() => {
    let previous = player.getState();
    return player.subscribe(() => {
      const current = player.getState();
      const before = previous;
      previous = current;
      reportChanges(before, current, latest.current);
    });
  }, [player, latest]);

  useEffect(() => {
    const element = video.current;
    // A seek leaves no trace in the state; a load that starts late seeks too, and is none of the viewer's.
    const onSeeked = () => {
      if (player.getState().status !== 'loading') latest.current.onSeeked?.();
    };
    element?.addEventListener('seeked', onSeeked);

    return () => element?.removeEventListener('seeked', onSeeked);
  }, [player, video, latest]);
}

/** Like an attribute of `<video>`: it sets the property when it changes, and does not hold it there. */
function useMirroredProp<Name extends 'muted' | 'loop' | 'playbackRate' | 'defaultPlaybackRate'>(
  video: RefObject<HTMLVideoElement | null>,
  name: Name,
  value: HTMLVideoElement[Name] | undefined,
): void {
  const applied = useRef<HTMLVideoElement[Name] | undefined>(undefined);

  useEffect(() => {
    // The effect runs again, with the same value, where a hidden component is shown.
    if (video.current && value !== undefined && value !== applied.current) video.current[name] = value;
    applied.current = value;
  }, [video, name, value]);
}

function pickMediaProps({ autoPlay, playsInline = true, preload, crossOrigin }: SecurePlayerProps) {
  return { autoPlay, playsInline, preload, crossOrigin };
}

function createHandle(
  player: Player,
  video: RefObject<HTMLVideoElement | null>,
  root: RefObject<HTMLDivElement | null>,
): PlayerHandle {
  return {
    ...player.actions,
    get video() {
      return video.current;
    },
    get root() {
      return root.current;
    },
    getState: player.getState,
    subscribe: player.subscribe,
    getQualityOfExperience: player.experience.measure,
  };
}
