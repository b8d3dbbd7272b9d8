export {
  createMemoryCdm,
  type MediaCapabilityInit,
  type MediaKeySystemConfigurationInit,
  type MemoryCdm,
  type MemoryCdmOptions,
} from './create-memory-cdm.js';
