import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What is used of Emscripten's `NODEFS`. */
export interface NodeFileSystem {
  readonly node_ops: Operations;
  readonly stream_ops: Operations;
  /** Turns the error of a system call into one of Emscripten's. */
  tryFSOperation(operation: () => void): void;
}

type Operations = Record<string, ((...args: never[]) => unknown) | undefined>;

/** https://emscripten.org/docs/api_reference/Filesystem-API.html */
const WRITING = {
  node_ops: ['mknod', 'rename', 'unlink', 'rmdir', 'symlink', 'setattr'],
  stream_ops: ['write', 'allocate', 'msync'],
} as const;

/**
 * PGlite's file system on a folder, where it is asked before each change whether it may be made: a process can be stopped in
 * the middle of a statement, and find the folder to be that of another when it goes on.
 */
export class FencedNodeFs extends NodeFS {
  readonly #confirm: () => void;

  /** `confirm` throws when nothing may be written any more. */
  constructor(folder: string, confirm: () => void) {
    super(folder);
    this.#confirm = confirm;
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = [
      ...[emscriptenOpts.preRun ?? []].flat(),
      (module: object) => fence((module as { NODEFS: NodeFileSystem }).NODEFS, this.#confirm),
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function fence(files: NodeFileSystem, confirm: () => void): void {
  const check = (): void => {
    try {
      confirm();
    } catch {
      throw Object.assign(new Error('The folder is not ours.'), { code: 'EIO' });
    }
  };
  for (const kind of ['node_ops', 'stream_ops'] as const) {
    const operations = files[kind];
    for (const name of WRITING[kind]) {
      const operation = operations[name];
      if (operation === undefined) continue;

      operations[name] = (...args) => {
        files.tryFSOperation(check);
        return operation(...args);
      };
    }
  }
}
