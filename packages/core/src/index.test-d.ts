import { expectTypeOf, it } from 'vitest';

import type * as core from './index.js';

/** One line per exported type: taking one away, or renaming it, is a change that callers see. */
interface Exported {
  authorize: [
    core.Authorize,
    core.AuthorizeAnswer,
    core.AuthorizePurpose,
    core.AuthorizeReason,
    core.AuthorizeRequest,
    core.AuthorizerOptions,
  ];
  backend: [
    core.BackendRequestOptions,
    core.Entitlement,
    core.EntitlementBackend,
    core.EntitlementRequestOptions,
    core.HttpBackendOptions,
  ];
  errors: [
    core.EmeException,
    core.EmeMethod,
    core.ErrorMessage,
    core.ErrorMessages,
    core.ErrorRow,
    core.HttpOutcome,
    core.MessageOverrides,
    core.PlaybackErrorCode,
    core.PlaybackErrorDocument,
    core.PlaybackErrorOptions,
    core.Recovery,
    core.RedactedCause,
    core.ViewerMessages,
  ];
  license: [
    core.Clock,
    core.KeyStatusPolicy,
    core.KeySystemProbe,
    core.LicenseClientOptions,
    core.LicenseSituation,
    core.LicenseStatus,
    core.LicenseExchange,
    core.LicenseRenewal,
    core.RenewalWatchOptions,
  ];
  ports: [
    core.EngineListener,
    core.EngineLoadOptions,
    core.EngineOptions,
    core.EngineState,
    core.MediaListener,
    core.MediaPort,
    core.MediaState,
    core.PlayerEngine,
    core.PlayerEngineFactory,
    core.TrackWish,
    core.TextTrackSource,
    core.PreferredLanguages,
    core.PreferredTracks,
    core.TrackPreference,
    core.TrackPreferences,
  ];
  prefetch: [core.Prefetcher, core.PrefetchOptions, core.PrefetchRequest];
  presets: [
    core.AxinomOptions,
    core.DoverunnerOptions,
    core.DrmtodayOptions,
    core.DrmtodaySession,
    core.EzdrmOptions,
    core.VendorToken,
  ];
  source: [
    core.DrmConfiguration,
    core.KeyOrigin,
    core.KeySystem,
    core.KeySystemConfiguration,
    core.LicenseMessageType,
    core.LicenseRequest,
    core.LicenseResponse,
    core.ResolvedKeySystem,
    core.ResolvedSource,
    core.Source,
    core.SourceDocument,
    core.StreamType,
  ];
  state: [
    core.DrmState,
    core.KeyStatusEntry,
    core.MediaTrack,
    core.PlaybackNotice,
    core.PlayerActions,
    core.PlayerOptions,
    core.PlayerState,
    core.PlayerStatus,
    core.Quality,
    core.StatusEvent,
    core.TimeSpan,
    core.UnusableReason,
  ];
}

it('exports types that are all there', () => {
  expectTypeOf<Exported>().not.toBeAny();
});

it('has the closed unions of the contract', () => {
  expectTypeOf<core.PlayerStatus>().toEqualTypeOf<
    'idle' | 'loading' | 'ready' | 'playing' | 'paused' | 'buffering' | 'ended' | 'error'
  >();
  expectTypeOf<core.AuthorizeReason>().toEqualTypeOf<'initial' | 'unauthorized' | 'expiring'>();
  expectTypeOf<core.AuthorizePurpose>().toEqualTypeOf<
    'license' | 'key' | 'certificate' | 'manifest' | 'segment' | 'entitlement'
  >();
  expectTypeOf<core.PlaybackError['recovery']>().toEqualTypeOf<core.Recovery>();
  expectTypeOf<core.PlaybackError['code']>().toEqualTypeOf<core.PlaybackErrorCode>();
});

it('has a read-only state', () => {
  type Writable<T> = { -readonly [K in keyof T]: T[K] };
  expectTypeOf<core.PlayerState>().not.toEqualTypeOf<Writable<core.PlayerState>>();
  expectTypeOf<core.PlayerState['qualities']>().toEqualTypeOf<readonly core.Quality[]>();
});
