import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** The names of components that have rendered again since this was emptied, in order, one entry per render. */
    renderedComponents: string[];
  }
}

/** Has React tell which components render again, by the hook that its developer tools use. */
export async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(installHook);
}

/** Runs in the page, so it brings all that it uses. */
function installHook(): void {
  interface Fiber {
    readonly tag: number;
    readonly flags: number;
    readonly type: Component;
    readonly alternate: Fiber | null;
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
  }
  /** React's `PerformedWork`: set where a component's function was called. */
  const PERFORMED_WORK = 1;
  /** React's tags of function, forwardRef and memo components. */
  const COMPONENTS = new Set([0, 11, 14, 15]);

  interface Component {
    readonly displayName?: string;
    readonly name?: string;
    /** What `forwardRef` and `memo` wrap. */
    readonly render?: Component;
    readonly type?: Component;
  }
  const nameOf = ({ displayName, name, render, type }: Component): string => {
    const wrapped = render ?? type;
    return displayName ?? name ?? (wrapped ? nameOf(wrapped) : 'unnamed');
  };
  const walk = (fiber: Fiber | null): void => {
    for (let next = fiber; next; next = next.sibling) {
      const before = next.alternate;
      if (before && COMPONENTS.has(next.tag) && next.flags & PERFORMED_WORK) {
        window.renderedComponents.push(nameOf(next.type));
      }
      // A subtree that was left alone is the very same.
      if (!before || before.child !== next.child) walk(next.child);
    }
  };

  window.renderedComponents = [];
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      isDisabled: false,
      inject: () => 1,
      onScheduleFiberRoot() {},
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      onCommitFiberRoot: (_id: number, { current }: { current: Fiber }) => walk(current),
    },
  });
}
