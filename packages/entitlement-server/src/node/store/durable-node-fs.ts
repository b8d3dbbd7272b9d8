import fs from 'node:fs';

import type { NodeFS } from '@electric-sql/pglite/nodefs';

import { FencedNodeFs, type NodeFileSystem } from './fenced-node-fs.js';

interface OpenFile {
  readonly nfd: number;
  readonly node: { readonly mode: number };
}

/** What is used of Emscripten's modules. */
interface Modules {
  readonly FS: { isDir(mode: number): boolean };
  readonly NODEFS: NodeFileSystem;
}

/**
 * PGlite's file system on a folder, with a flush to the disk that does flush: PGlite's own has no `fsync`, and PostgreSQL's
 * calls of it come to nothing.
 */
export class DurableNodeFs extends FencedNodeFs {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = [...[emscriptenOpts.preRun ?? []].flat(), addFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function addFsync(module: object): void {
  const { FS, NODEFS } = module as Modules;
  NODEFS.stream_ops['fsync'] = ({ nfd, node }: OpenFile) => {
    // Of a file, `fdatasync` leaves out nothing but its times.
    NODEFS.tryFSOperation(() => (FS.isDir(node.mode) ? fs.fsyncSync(nfd) : fs.fdatasyncSync(nfd)));
    return 0;
  };
}
