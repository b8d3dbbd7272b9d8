import { ProtocolError } from '../protocol-error.js';
import type { SealedMessage, SealedMessageType } from './sealed-message.js';

/** The types in the order of the numbers that stand for them on the wire, which begin at 1. New ones go last. */
export const MESSAGE_TYPES: readonly SealedMessageType[] = [
  'license-request',
  'license-renewal',
  'license-release',
  'individualization-request',
  'service-certificate-request',
  'license',
  'release-acknowledgement',
  'device-certificate',
  'service-certificate',
];

/** Who sends a message: a device asks, a server answers. */
export type MessageDirection = 'request' | 'response';

const RESPONSES: readonly SealedMessageType[] = [
  'license',
  'release-acknowledgement',
  'device-certificate',
  'service-certificate',
];

/** Throws unless the message goes this way. */
export function checkDirection(message: SealedMessage, direction: MessageDirection): SealedMessage {
  const isResponse = RESPONSES.includes(message.type);
  if (isResponse === (direction === 'response')) return message;

  throw new ProtocolError(
    'invalid-value',
    'message.type',
    direction === 'request' ? 'is one that servers send' : 'is one that devices send',
  );
}

/** The message's type, which must be one of these. `field` names it in the error. */
export function checkType<Type extends SealedMessageType>(
  message: SealedMessage,
  types: readonly Type[],
  field: string,
): Type {
  const type = types.find((allowed) => allowed === message.type);
  if (type !== undefined) return type;

  throw new ProtocolError('invalid-value', field, `must be ${types.join(' or ')}`);
}
