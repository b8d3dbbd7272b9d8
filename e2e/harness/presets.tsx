import '@secure-player/react/styles.css';

import { SecurePlayer, type DrmConfiguration, type KeySystem, type Source } from '@secure-player/react';
import { axinom, doverunner, drmtoday, ezdrm } from '@secure-player/react/presets';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const CERTIFICATE_URL = 'https://certificates.example/fairplay.cer';

/** As a page would write them, each with its credentials. */
const PRESETS = {
  axinom: axinom({ tenant: 'acme', token: () => 'the-message', fairPlayCertificateUrl: CERTIFICATE_URL }),
  drmtoday: drmtoday({
    merchant: 'acme',
    session: () => ({ userId: 'u1', sessionId: 's1' }),
    token: async () => 'the-token',
    assetId: 'film',
  }),
  doverunner: doverunner({ siteId: 'ACME', token: ({ keySystem }) => `token-for-${keySystem}` }),
  ezdrm: ezdrm({
    widevineProfile: 'B03B45',
    fairPlay: { assetId: 'film', certificateUrl: CERTIFICATE_URL },
    customData: () => ({ token: 'the-token' }),
  }),
} satisfies Record<string, DrmConfiguration>;

export type PresetName = keyof typeof PRESETS;

/** What tests drive from outside. */
export interface PresetsHarness {
  /** Plays a title by one key system of a preset. */
  show(source: Source, preset: PresetName, keySystem: KeySystem): void;
}

declare global {
  interface Window {
    presets: PresetsHarness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The presets page has no root element.');

const root = createRoot(container);
/** A machine without a GPU drops frames, for which Shaka would set renditions aside. */
const ENGINE_CONFIG = { shaka: { abr: { droppedFrames: false } } };

window.presets = {
  show(source, preset, keySystem) {
    const drm: DrmConfiguration = { [keySystem]: PRESETS[preset][keySystem] };
    root.render(
      <StrictMode>
        <SecurePlayer source={{ ...source, drm }} engineConfig={ENGINE_CONFIG} autoPlay muted />
      </StrictMode>,
    );
  },
};
