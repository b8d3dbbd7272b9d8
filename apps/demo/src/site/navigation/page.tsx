import { useEffect, useRef, type ReactNode } from 'react';

/** Props of {@link Page}. */
export interface PageProps {
  /** For the window and, through the focus, for screen readers. */
  title: string;
  className?: string | undefined;
  children: ReactNode;
}

let isFirstPage = true;

/**
 * The main landmark of a page. After a navigation it takes the focus and starts at the top, which is what a browser does
 * when it loads a document; the first page is left to the browser.
 */
export function Page({ title, className, children }: PageProps) {
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    document.title = title === SITE_NAME ? title : `${title} · ${SITE_NAME}`;
  }, [title]);

  useEffect(() => {
    if (isFirstPage) {
      isFirstPage = false;
      return;
    }
    main.current?.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: 'instant' });
  }, []);

  return (
    <main ref={main} id="content" tabIndex={-1} className={className} aria-label={title}>
      {children}
    </main>
  );
}

/** What the site is called. */
export const SITE_NAME = 'Secure Player';
