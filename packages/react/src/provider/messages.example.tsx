import {
  ARABIC_MESSAGES,
  createMessages,
  ENGLISH_MESSAGES,
  SecurePlayerProvider,
} from '@secure-player/react';
import type { ReactNode } from 'react';

/** Made once, outside of rendering. */
const MESSAGES = {
  en: createMessages(ENGLISH_MESSAGES, {
    errors: { 'plan-insufficient': { title: 'This film is in the Premium plan' } },
  }),
  ar: ARABIC_MESSAGES,
};

interface WordsProps {
  readonly language: 'en' | 'ar';
  readonly children: ReactNode;
}

export const Words = ({ language, children }: WordsProps) => (
  <SecurePlayerProvider messages={MESSAGES[language]}>{children}</SecurePlayerProvider>
);
