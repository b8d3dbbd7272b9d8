import '@secure-player/react/styles.css';

import {
  createHttpBackend,
  SecurePlayer,
  SecurePlayerProvider,
  usePlayer,
  type PlayerState,
  type Source,
} from '@secure-player/react';
import { Activity, Profiler, StrictMode, Suspense, use, useMemo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests of mounting, hiding and going away drive from outside. */
export interface LifecycleHarness {
  /** Renders the page anew, in StrictMode; nothing is an empty page. */
  render(page: LifecyclePage | null): void;
  /** Lets the sibling that suspends render. */
  arrive(): void;
  state(id: string): Omit<PlayerState, 'error'> & { error: string | null };
  /** Mounts a player, waits for its first frame and unmounts it, `times` times. */
  cycle(source: Source, times: number): Promise<void>;
  /** How often the whole tree has committed since the page was opened, and which components rendered in the last commits. */
  readonly commits: { total: number };
}

export interface LifecyclePage {
  readonly sources: Readonly<Record<string, Source>>;
  readonly mode?: 'visible' | 'hidden' | undefined;
  /** Shows the time, by a component of the page that selects it. */
  readonly hasClock?: boolean | undefined;
  readonly controls?: boolean | undefined;
  /** The sign-in under which players keep their streams. @default none, and no backend */
  readonly token?: string | undefined;
  /** A component beside the players waits for data. */
  readonly isWaiting?: boolean | undefined;
}

declare global {
  interface Window {
    lifecycle: LifecycleHarness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The harness page has no root element.');

const root = createRoot(container);
const states = new Map<string, () => PlayerState>();
const commits = { total: 0 };
let arrive = () => {};
const words = new Promise<string>((resolve) => {
  arrive = () => resolve('They have arrived.');
});

function Clock() {
  return <output>{usePlayer(({ currentTime }) => currentTime.toFixed(1))}</output>;
}

function Words() {
  return <p>{use(words)}</p>;
}

function Page({
  sources,
  mode = 'visible',
  hasClock,
  controls = false,
  isWaiting,
}: LifecyclePage): ReactNode {
  return (
    <Suspense fallback={<p>Waiting for words</p>}>
      <Activity mode={mode}>
        <div className="row">
          {Object.entries(sources).map(([id, source]) => (
            <div key={id} id={id}>
              <SecurePlayer
                ref={(player) => {
                  if (player) states.set(id, () => player.getState());
                  else states.delete(id);
                }}
                source={source}
                controls={controls}
                autoPlay
                muted
                // A machine without a GPU drops frames, for which Shaka would set renditions aside that a test waits for.
                engineConfig={{ shaka: { abr: { droppedFrames: false } } }}
              >
                {hasClock && <Clock />}
              </SecurePlayer>
            </div>
          ))}
        </div>
      </Activity>
      {isWaiting && <Words />}
    </Suspense>
  );
}

function Account({ token, children }: { token: string | undefined; children: ReactNode }): ReactNode {
  const settings = useMemo(() => {
    if (token === undefined) return {};

    const authorize = () => token;
    return { authorize, backend: createHttpBackend({ baseUrl: '/', authorize }) };
  }, [token]);

  return <SecurePlayerProvider {...settings}>{children}</SecurePlayerProvider>;
}

function render(page: LifecyclePage | null): void {
  root.render(
    <StrictMode>
      <Profiler
        id="whole"
        onRender={() => {
          commits.total += 1;
        }}
      >
        {page && (
          <Account token={page.token}>
            <Page {...page} />
          </Account>
        )}
      </Profiler>
    </StrictMode>,
  );
}

async function cycle(source: Source, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    render({ sources: { film: source } });
    await firstFrame();
    render(null);
    await gone();
  }
}

/** Waits for a frame of the film that is on the page. */
async function firstFrame(): Promise<void> {
  const video = await until(() => document.querySelector('video'));
  await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
}

function gone(): Promise<unknown> {
  return until(() => document.querySelector('video') === null || null);
}

function until<Value>(read: () => Value | null): Promise<Value> {
  return new Promise((resolve) => {
    const look = () => {
      const value = read();
      if (value === null) requestAnimationFrame(look);
      else resolve(value);
    };
    look();
  });
}

window.lifecycle = {
  render,
  cycle,
  commits,
  arrive: () => arrive(),
  state(id) {
    const state = states.get(id)?.();
    if (!state) throw new Error(`There is no player ${id}.`);

    return { ...state, error: state.error?.code ?? null };
  },
};
