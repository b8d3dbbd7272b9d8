import type { Configuration } from '../../access/configuration.js';
import { toConfigurations } from '../../webidl/to-configurations.js';
import { toDOMString } from '../../webidl/to-dom-string.js';
import type { PageCdm } from '../page-cdm.js';
import type { Call, PatchSet } from './patch-set.js';

/** What a page passes, as far as it is read here; anything may be in it. */
interface DecodingConfiguration {
  readonly type?: unknown;
  readonly audio?: { readonly contentType?: unknown } | null;
  readonly video?: { readonly contentType?: unknown } | null;
  readonly keySystemConfiguration?: KeySystemConfiguration | null;
}

interface KeySystemConfiguration {
  readonly keySystem?: unknown;
  readonly initDataType?: unknown;
  readonly distinctiveIdentifier?: unknown;
  readonly persistentState?: unknown;
  readonly sessionTypes?: unknown;
  readonly audio?: object | null;
  readonly video?: object | null;
}

/**
 * Lets `navigator.mediaCapabilities.decodingInfo` answer for the virtual key systems
 * (https://w3c.github.io/media-capabilities/): how well the media decode is the platform's to say.
 */
export function patchDecodingInfo(patches: PatchSet, page: PageCdm): void {
  if (typeof MediaCapabilities !== 'function') return;

  const make =
    (original: Call): Call =>
    (self, args) => {
      const [configuration] = args as [DecodingConfiguration | null | undefined];
      const isOurs = page.isActive && self === navigator.mediaCapabilities && asksFor(page, configuration);
      if (!isOurs) return original(self, args);

      const native = (given: object) => original(self, [given]) as Promise<MediaCapabilitiesInfo>;
      return decodingInfo(page, native, configuration as DecodingConfiguration);
    };

  patches.method(MediaCapabilities.prototype, 'decodingInfo', make);
  patches.method(navigator.mediaCapabilities, 'decodingInfo', make);
}

/** Whether the configuration names a virtual key system. */
function asksFor(page: PageCdm, configuration: DecodingConfiguration | null | undefined): boolean {
  const keySystem = configuration?.keySystemConfiguration?.keySystem;
  const isNamed = keySystem !== undefined && typeof keySystem !== 'symbol';
  return isNamed && page.cdm.handles(toDOMString(keySystem));
}

async function decodingInfo(
  page: PageCdm,
  native: (configuration: object) => Promise<MediaCapabilitiesInfo>,
  configuration: DecodingConfiguration,
): Promise<object> {
  const { type, audio, video } = configuration;
  const demands = { ...configuration.keySystemConfiguration };
  const clear = { type, ...(audio && { audio }), ...(video && { video }) };
  const candidate = readCandidate(configuration, demands);
  // The platform knows best what is no valid configuration, and where a page may not ask; its answer is for Clear Key.
  const [, info] = await Promise.all([
    native({ ...clear, keySystemConfiguration: { ...demands, keySystem: 'org.w3.clearkey' } }),
    native(clear),
  ]);

  const access = await findAccess(page, demands.keySystem, info.supported ? candidate : null);
  const echo = { ...clear, keySystemConfiguration: demands };
  if (!access) {
    return {
      supported: false,
      smooth: false,
      powerEfficient: false,
      keySystemAccess: null,
      configuration: echo,
    };
  }
  const { supported, smooth, powerEfficient } = info;
  return { supported, smooth, powerEfficient, keySystemAccess: access, configuration: echo };
}

async function findAccess(
  page: PageCdm,
  keySystem: unknown,
  candidate: Configuration | null,
): Promise<object | null> {
  return page.interfaces.adopt(await page.cdm.findAccess(toDOMString(keySystem), candidate));
}

/** Media Capabilities' "Check Encrypted Decoding Support": the same question in EME's words; null where it is none. */
function readCandidate(
  { audio, video }: DecodingConfiguration,
  demands: KeySystemConfiguration,
): Configuration | null {
  const { initDataType, distinctiveIdentifier, persistentState, sessionTypes } = demands;
  const hasInitDataType = initDataType !== undefined && initDataType !== '';
  try {
    const [candidate] = toConfigurations([
      {
        ...(hasInitDataType && { initDataTypes: [initDataType] }),
        distinctiveIdentifier,
        persistentState,
        sessionTypes,
        ...(audio && { audioCapabilities: [{ ...demands.audio, contentType: audio.contentType }] }),
        ...(video && { videoCapabilities: [{ ...demands.video, contentType: video.contentType }] }),
      },
    ]);
    return candidate ?? null;
  } catch {
    // The platform rejects it too, in its own words.
    return null;
  }
}
