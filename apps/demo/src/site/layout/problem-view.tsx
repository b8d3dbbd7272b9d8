import type { ReactNode } from 'react';

/** Props of {@link ProblemView}. */
export interface ProblemViewProps {
  title: string;
  text: string;
  /** What the visitor can do. */
  children?: ReactNode;
}

/** A page's content when there is nothing else to show. */
export function ProblemView({ title, text, children }: ProblemViewProps) {
  return (
    <div className="problem" role="alert">
      <h1>{title}</h1>
      <p>{text}</p>
      <div className="problem-actions">{children}</div>
    </div>
  );
}
