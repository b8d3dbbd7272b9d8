import type { SystemName } from '../catalog/system-name.js';
import type { MessageDemand, UpstreamAnswer, UpstreamGrant } from '../license-proxy/license-upstream.js';

/** A CDM's message as it came by HTTP. */
export interface DeviceMessage {
  readonly body: Uint8Array<ArrayBuffer>;
  /** The media type in lower case and without parameters; null when there is none. */
  readonly mediaType: string | null;
}

/** Makes the licenses of one key system. Both members throw a `ProblemError` for a message that is none. */
export interface LicenseIssuer {
  /** The last part of its address. */
  readonly name: SystemName;
  inspect(message: DeviceMessage): Promise<MessageDemand>;
  /** Answers with keys that were both asked for and granted. */
  answer(message: DeviceMessage, grant: UpstreamGrant): Promise<UpstreamAnswer>;
}
