import type { MessageType } from '../dialect/dialect.js';

/** EME's MediaKeyMessageEvent, for a place that has none of its own. */
export class VirtualMessageEvent extends Event {
  readonly messageType: MessageType;
  readonly message: ArrayBuffer;

  constructor(messageType: MessageType, message: ArrayBuffer) {
    super('message');
    this.messageType = messageType;
    this.message = message;
  }
}
