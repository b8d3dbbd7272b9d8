declare module 'virtual:story-titles' {
  import type { Title } from '@secure-player/entitlement-server/api';

  export const titles: readonly Title[];
}
