import type { Preview } from '@storybook/react-vite';
import { Fragment } from 'react';

import { serveInPage } from './server/in-page-server.js';
import { setNetwork, type StoryNetwork } from './server/network.js';
import { setVirtualDevice, type VirtualDeviceSettings } from './virtual-device.js';

import '@secure-player/react/styles.css';
import './preview.css';

serveInPage();

/** Which surroundings a story is shown in. */
type Theme = 'light' | 'dark';

const DEVICE: VirtualDeviceSettings = { keySystem: 'org.w3.clearkey', hdcp: '2.2', fault: 'none' };
/** Another device, or another network, is another player. */
const PLAYER_GLOBALS = [...Object.keys(DEVICE), 'network'];

const preview: Preview = {
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    a11y: { test: 'error' },
    viewport: {
      options: {
        phone: { name: 'Phone', styles: { width: '390px', height: '844px' }, type: 'mobile' },
        small: { name: 'Small phone', styles: { width: '320px', height: '568px' }, type: 'mobile' },
        desktop: { name: 'Desktop', styles: { width: '1440px', height: '900px' }, type: 'desktop' },
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'The page around the component',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ] satisfies { value: Theme; title: string }[],
        dynamicTitle: true,
      },
    },
    keySystem: {
      description: 'The key system; all but Clear Key are simulated by the virtual CDM, which is no DRM',
      toolbar: {
        title: 'Key system',
        icon: 'key',
        items: [
          { value: 'org.w3.clearkey', title: 'Clear Key' },
          { value: 'com.widevine.alpha', title: 'Widevine, simulated' },
          { value: 'com.microsoft.playready', title: 'PlayReady, simulated' },
          { value: 'com.apple.fps', title: 'FairPlay, simulated (cbcs only)' },
        ] satisfies { value: VirtualDeviceSettings['keySystem']; title: string }[],
        dynamicTitle: true,
      },
    },
    hdcp: {
      description: 'What HDCP the simulated display has',
      toolbar: {
        title: 'HDCP',
        icon: 'tv',
        items: [
          { value: '2.2', title: 'HDCP 2.2' },
          { value: '1.4', title: 'HDCP 1.4' },
          { value: 'none', title: 'No HDCP' },
        ] satisfies { value: VirtualDeviceSettings['hdcp']; title: string }[],
        dynamicTitle: true,
      },
    },
    fault: {
      description: 'What happens to the simulated device',
      toolbar: {
        title: 'Fault',
        icon: 'alert',
        items: [
          { value: 'none', title: 'No fault' },
          { value: 'license-refused', title: 'License refused' },
          { value: 'expired', title: 'License expires' },
          { value: 'output-restricted', title: 'Output restricted' },
          { value: 'hardware-reset', title: 'Hardware reset' },
        ] satisfies { value: VirtualDeviceSettings['fault']; title: string }[],
        dynamicTitle: true,
      },
    },
    network: {
      description: 'What happens to the network',
      toolbar: {
        title: 'Network',
        icon: 'globe',
        items: [
          { value: 'normal', title: 'Network as it is' },
          { value: 'manifest-held', title: 'The manifest never comes' },
          { value: 'segments-held', title: 'No segment comes' },
          { value: 'segments-lost', title: 'Segments are lost' },
        ] satisfies { value: StoryNetwork; title: string }[],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'dark' satisfies Theme, network: 'normal' satisfies StoryNetwork, ...DEVICE },
  loaders: [
    async ({ globals }) => {
      setNetwork(globals['network'] as StoryNetwork);
      return { device: setVirtualDevice(globals as unknown as VirtualDeviceSettings) };
    },
  ],
  decorators: [
    (Story, { globals }) => (
      <div className="story-page" data-theme={globals['theme'] as Theme}>
        <Fragment key={PLAYER_GLOBALS.map((name) => String(globals[name])).join(' ')}>
          <Story />
        </Fragment>
      </div>
    ),
  ],
};

export default preview;
