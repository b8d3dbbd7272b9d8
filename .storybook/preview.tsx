import type { Preview } from '@storybook/react-vite';

import '@secure-player/react/styles.css';
import './preview.css';

/** Which surroundings a story is shown in. */
type Theme = 'light' | 'dark';

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
  },
  initialGlobals: { theme: 'dark' satisfies Theme },
  decorators: [
    (Story, { globals }) => (
      <div className="story-page" data-theme={globals['theme'] as Theme}>
        <Story />
      </div>
    ),
  ],
};

export default preview;
