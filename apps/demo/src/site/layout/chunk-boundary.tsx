import { Component, type ReactNode } from 'react';

interface ChunkBoundaryState {
  readonly hasFailed: boolean;
}

/** Around what is loaded late: where its code does not arrive, it says so, and the rest of the page stays. */
export class ChunkBoundary extends Component<{ children: ReactNode }, ChunkBoundaryState> {
  override readonly state: ChunkBoundaryState = { hasFailed: false };

  static getDerivedStateFromError(): ChunkBoundaryState {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;

    return (
      <p className="chunk-missing" role="alert">
        A part of this page did not arrive.{' '}
        <button className="button" data-small="" type="button" onClick={() => location.reload()}>
          Load it again
        </button>
      </p>
    );
  }
}
