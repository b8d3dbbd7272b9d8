import { Authorizer } from '../../authorize/authorizer.js';
import { systemClock, type Clock } from '../../clock/clock.js';
import { loadKeyIdReader } from '../../init-data/read-pssh-key-ids.js';
import { LicenseClient } from '../../license/license-client.js';
import { RebuildBudget } from '../../license/rebuild-budget.js';
import type { ResolvedKeySystem } from '../../source/resolve-key-systems.js';
import { answerMessage } from './answer-message.js';
import type { MediaKeysMachine } from './attached-media-keys.js';
import { callEme } from './call-eme.js';
import { createMediaKeys } from './create-media-keys.js';
import { LicenseSessions, type LicenseSessionsPort } from './license-sessions.js';
import { licenseUrlsOf, resolveDrm, type MediaKeysSettings } from './media-keys-settings.js';
import { requestAccess, type GrantedAccess } from './request-access.js';

/**
 * All that talks to a content decryption module and to license servers. A module of its own, which is loaded when there is
 * an element that wants keys: before that it adds nothing to a page.
 */
export class MediaKeysMachinery {
  readonly #settings: () => MediaKeysSettings;
  readonly #machine: MediaKeysMachine;
  readonly #authorizer: Authorizer;
  readonly #licenseClient: LicenseClient;
  readonly #clock: Clock;
  /** Of all MediaKeys that follow one another. */
  readonly #budget: RebuildBudget;

  constructor(settings: () => MediaKeysSettings, machine: MediaKeysMachine) {
    this.#settings = settings;
    this.#machine = machine;
    this.#authorizer = new Authorizer({
      authorize: () => settings().authorize,
      authorizedOrigins: () => [...(settings().authorizedOrigins ?? []), ...licenseUrlsOf(settings().drm)],
      pageUrl: () => globalThis.document?.baseURI,
      pageOrigin: () => globalThis.location?.origin,
    });
    this.#clock = machine.clock ?? systemClock;
    this.#budget = new RebuildBudget(this.#clock);
    this.#licenseClient = new LicenseClient({ ...machine, authorizer: this.#authorizer });
  }

  /** @throws PlaybackError */
  async requestAccess(): Promise<GrantedAccess> {
    const settings = this.#settings();

    return requestAccess(resolveDrm(settings), settings.contentTypes, this.#clock);
  }

  /** @throws PlaybackError */
  createMediaKeys(granted: GrantedAccess): Promise<MediaKeys> {
    return createMediaKeys(granted, {
      authorizer: this.#authorizer,
      fetch: this.#machine.fetch,
      clock: this.#clock,
    });
  }

  /** @throws PlaybackError, also where the element never answers. */
  setMediaKeys(element: HTMLMediaElement, mediaKeys: MediaKeys | null): Promise<void> {
    return callEme('setMediaKeys', () => element.setMediaKeys(mediaKeys), this.#clock);
  }

  /** Makes what holds the sessions of MediaKeys; the configuration is read anew at each message. */
  async createSessions(
    mediaKeys: MediaKeys,
    keySystem: ResolvedKeySystem,
    port: Pick<LicenseSessionsPort, 'onChange' | 'onFailure' | 'onBroken'>,
  ): Promise<LicenseSessions> {
    const { name, configuration } = keySystem;
    const readKeyIds = await loadKeyIdReader(name);

    return new LicenseSessions(mediaKeys, {
      ...port,
      keySystem: name,
      readKeyIds,
      clock: this.#clock,
      budget: this.#budget,
      random: this.#machine.random ?? Math.random,
      isRenewedAhead: () => (this.#settings().keyStatusPolicy?.expired ?? 'renew') === 'renew',
      sessionType: configuration.sessionType ?? 'temporary',
      answer: (message) =>
        answerMessage(message, { name, configuration: this.configuration(keySystem) }, this.#licenseClient),
    });
  }

  /** The configuration of a key system as the page has it now. */
  configuration({ name, configuration }: ResolvedKeySystem): ResolvedKeySystem['configuration'] {
    const current: Readonly<Record<string, ResolvedKeySystem['configuration'] | undefined>> =
      this.#settings().drm;

    return current[name] ?? configuration;
  }
}
