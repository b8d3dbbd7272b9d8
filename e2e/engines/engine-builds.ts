import type { EngineName } from './engine.js';

/** An engine as its authors published it. Raised together with the dependency in `package.json`. */
export interface EngineBuild {
  readonly packageName: string;
  readonly version: string;
  /** npm's hash of the tarball, which it checked at installation; as in `package-lock.json`. */
  readonly integrity: string;
  /** The file that a page loads, which is the one that `import` of the package gives. */
  readonly entry: string;
  readonly files: HashedFiles;
}

/** What SHA-256 was taken of, in hex. */
export type HashedFiles =
  /** The entry, which loads nothing else. */
  | { readonly kind: 'entry'; readonly sha256: string }
  /**
   * Every `.js` file below a folder, as `sha256sum` lists them in the order of their paths: hash, two spaces, path from
   * that folder, line feed.
   */
  | { readonly kind: 'folder'; readonly folder: string; readonly sha256: string };

export const ENGINE_BUILDS: Readonly<Record<EngineName, EngineBuild>> = {
  shaka: {
    packageName: 'shaka-player',
    version: '5.2.12',
    integrity:
      'sha512-vEsuVDI3+oLh+yqpjXexQZlg2XMUBI0VrqatDuKWacPaxAud6Uph5uCowUPLhUgNG5XKWCpoM4l1r8qYzWH+zg==',
    entry: 'dist/shaka-player.compiled.js',
    files: { kind: 'entry', sha256: 'b22dfdba631104c48a654cb623b08b0f79e2d52c83c0e9b4b7cff54730b55894' },
  },
  'hls.js': {
    packageName: 'hls.js',
    version: '1.7.4',
    integrity:
      'sha512-3GlxGdPvT2YHvQYOt+yOzT/DEior/qJVNIylHA77kgeoBTdQQqi70GwefNEUmHQeNGyjC8U62+bruqW/Tpm+tg==',
    entry: 'dist/hls.mjs',
    files: { kind: 'entry', sha256: 'ddb66e85c32e3222c2ab479fe1d9f4d5b47ba0df18454f2b7ac5ada3ad7817b6' },
  },
  'dash.js': {
    packageName: 'dashjs',
    version: '5.2.1',
    integrity:
      'sha512-axcJmLeJCTJMLUfQRErUJB1KOiU5iHF+DMLBc3FKeox1HPYtGUQlC6Xm5Mm6vhBUR3CHHLIPOqw0JDIqMtP+Dw==',
    entry: 'dist/modern/esm/dash.all.min.js',
    files: { kind: 'entry', sha256: '1a7c4cd32237e1da03a453051632eebdf737753894171eae0f0691662c4bec16' },
  },
  'rx-player': {
    packageName: 'rx-player',
    version: '4.5.0',
    integrity:
      'sha512-Pn4l6hlBrgmBMhbuUGtzDzdxcJE6TLJKTuHOva7W8Ltpx5sc3J16KLrwAeguprU1FGXlzxdHYXSOic/wQkeuLQ==',
    entry: 'dist/es2017/index.js',
    files: {
      kind: 'folder',
      folder: 'dist/es2017',
      sha256: 'fd17ced4bd806d17b93d64d83c983a4408e13281227f34f8ed406daccc3abc41',
    },
  },
};
