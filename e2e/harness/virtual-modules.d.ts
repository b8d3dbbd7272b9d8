declare module 'virtual:readme-first-block' {
  import type { ComponentType } from 'react';

  export const Film: ComponentType;
}
