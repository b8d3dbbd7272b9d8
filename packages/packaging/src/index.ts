export {
  PackagingError,
  isPackagingError,
  type PackagingErrorCode,
  type PackagingErrorDetails,
} from './errors/packaging-error.js';

export { firstLightMezzanine } from './mezzanine/first-light.js';
export type { KeyLabel, Mezzanine, MezzanineTrack, MezzanineVideo } from './mezzanine/mezzanine.js';

export { titleKeyId } from './keys/title-keys.js';
export { packageTitle, type PackageTitleOptions, type PackagingProgress } from './title/package-title.js';
export type { PackagedStream, PackagedTitle, TitleDocument } from './title/packaged-title.js';

export { deriveLeafKeys, deriveRootKey, type LeafKey, type RootKey } from './rotation/leaf-keys.js';
export { packageRotatingTitle, type PackageRotatingTitleOptions } from './rotation/package-rotating-title.js';
export type { RotatingStream, RotatingTitle, RotatingTitleDocument } from './rotation/rotating-title.js';

export {
  readTestPattern,
  type RgbaImage,
  type TestPatternReading,
  type UnreadableReason,
} from './test-pattern/read-test-pattern.js';
export {
  TEST_PATTERN,
  type PictureRectangle,
  type RenditionHeight,
  type RgbColor,
} from './test-pattern/test-pattern.js';
