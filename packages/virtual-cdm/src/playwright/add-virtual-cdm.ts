import { readFile } from 'node:fs/promises';

import type { HdcpLevel } from '@secure-player/protocol';
import type { BrowserContext, Page } from '@playwright/test';

import type { VirtualSystem } from '../system/virtual-system.js';

/** The virtual CDM that a test wants in its pages: plain data, as it goes into the browser. */
export interface VirtualCdmTestOptions {
  readonly systems: readonly VirtualSystem[];
  /** The HDCP version of the virtual display. @default '2.2' */
  readonly display?: HdcpLevel | undefined;
  /** Makes session ids the same in every run. */
  readonly seed?: number | string | undefined;
  /** @default 'indexeddb' */
  readonly storage?: 'indexeddb' | 'memory' | undefined;
  /** A clock that `cdm.advance()` moves, in each document from the machine's time on. @default the machine's */
  readonly clock?: 'manual' | undefined;
}

/** Relative to the built module, which lies beside it. */
const CLASSIC_SCRIPT = new URL('../classic/virtual-cdm.js', import.meta.url);

/** Puts a virtual CDM into every document that the context or the page opens from now on, frames and popups included. */
export async function addVirtualCdm(
  target: BrowserContext | Page,
  options: VirtualCdmTestOptions,
): Promise<void> {
  await target.addInitScript({ content: await createInitScript(options) });
}

async function createInitScript({ clock, ...options }: VirtualCdmTestOptions): Promise<string> {
  const script = await readFile(CLASSIC_SCRIPT, 'utf8');
  const clockCode = clock === 'manual' ? 'SecurePlayerVirtualCdm.createManualClock()' : 'undefined';

  // A browser may run it twice where a document takes over the window of the blank one before it.
  return `${script}
if (!SecurePlayerVirtualCdm.findInstalled()) {
  SecurePlayerVirtualCdm.installVirtualCdm({ ...${JSON.stringify(options)}, clock: ${clockCode} });
}`;
}
