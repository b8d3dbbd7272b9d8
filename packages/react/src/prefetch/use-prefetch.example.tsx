import { usePrefetch, type Source } from '@secure-player/react';

interface TitleLinkProps {
  readonly href: string;
  readonly title: string;
  readonly source: Source;
}

/** Whoever comes to a title with the pointer or the keyboard often opens it. */
export function TitleLink({ href, title, source }: TitleLinkProps) {
  const prefetch = usePrefetch();

  return (
    <a href={href} onPointerEnter={() => prefetch(source)} onFocus={() => prefetch(source)}>
      {title}
    </a>
  );
}
