export { createManualClock, type ManualClock, type ManualClockOptions } from '../clock/manual-clock.js';
export type { SessionSnapshot } from '../cdm/session-snapshot.js';
export type { FaultReason, FaultStep } from '../faults/fault-plan.js';
export type { VirtualCdmHandle } from '../handle/virtual-cdm-handle.js';
export type { CdmLogEntry } from '../log/cdm-log.js';
export type { SessionStore, StoredSession } from '../storage/session-store.js';
export { clearkey, type ClearkeyOptions } from '../system/clearkey.js';
export { fairplay, type FairplayOptions } from '../system/fairplay.js';
export { playready, type PlayreadyOptions } from '../system/playready.js';
export { system, type SystemOptions } from '../system/system.js';
export type {
  DialectName,
  FeatureSupport,
  RotationMode,
  VirtualSessionType,
  VirtualSystem,
} from '../system/virtual-system.js';
export { widevine, type WidevineOptions } from '../system/widevine.js';
export { isVirtualCdmError, VirtualCdmError, type VirtualCdmErrorCode } from '../virtual-cdm-error.js';
export { findInstalled, installVirtualCdm, type InstallVirtualCdmOptions } from './install-virtual-cdm.js';
