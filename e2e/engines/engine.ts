/** What a page is told to play. URLs may be relative to the page. */
export interface PlayRequest {
  readonly src: string;
  readonly keySystem: EngineKeySystem;
  readonly licenseUrl: string;
  /** Where the license server's certificate is; FairPlay does not work without one. */
  readonly certificateUrl?: string | undefined;
  /** Sent with every license request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type EngineKeySystem =
  | 'com.widevine.alpha'
  | 'com.microsoft.playready'
  | 'com.microsoft.playready.recommendation'
  | 'com.apple.fps'
  | 'org.w3.clearkey';

/** A player that somebody else wrote, behind the few calls that the tests need. */
export interface Engine {
  /** Loads and plays, with nothing but options that the engine's own documentation tells of. */
  play(request: PlayRequest): Promise<void>;
}

/** What an engine says went wrong, each in its own words. */
export type ReportFailure = (failure: string) => void;

export type CreateEngine = (video: HTMLVideoElement, report: ReportFailure) => Promise<Engine>;

/** The engines' names, as their pages' addresses and the tests' titles spell them. */
export const ENGINE_NAMES = ['shaka', 'hls.js', 'dash.js', 'rx-player'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
