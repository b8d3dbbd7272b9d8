/** The protection systems this project writes and reads, by the UUID that `pssh` and DASH name them with. */
export const SYSTEM_IDS = {
  widevine: 'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed',
  playready: '9a04f079-9840-4286-ab92-e65be0885f95',
  fairplay: '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
  /** The W3C common system: a `pssh` of version 1 that lists key ids and nothing else. Clear Key reads it. */
  common: '1077efec-c0b2-4d02-ace3-3c1e52e2fb4b',
  /** Clear Key as a DASH `ContentProtection` scheme. It never appears in a `pssh`. */
  clearKeyDash: 'e2719d58-a985-b3c9-781a-b030af78d30e',
} as const;
