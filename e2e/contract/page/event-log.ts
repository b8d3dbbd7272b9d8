import { within } from './expectations.js';

/** What happened to a session, in order: its events, and the moments that a test notes. */
export class EventLog {
  readonly entries: string[] = [];
  readonly messages: MediaKeyMessageEvent[] = [];
  readonly statusChanges: Event[] = [];
  #waiting: (() => void)[] = [];

  constructor(session: MediaKeySession) {
    session.addEventListener('message', (event) => {
      this.messages.push(event);
      this.note(`message ${event.messageType}`);
    });
    session.addEventListener('keystatuseschange', (event) => {
      this.statusChanges.push(event);
      this.note('keystatuseschange');
    });
  }

  note(entry: string): void {
    this.entries.push(entry);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Notes the moment that a promise is fulfilled, and passes its value on. */
  async track<T>(entry: string, promise: Promise<T>): Promise<T> {
    const value = await promise;
    this.note(entry);
    return value;
  }

  /** Waits until an entry has been made `times` times. */
  async until(entry: string, times = 1): Promise<void> {
    while (this.#count(entry) < times) {
      await within(new Promise<void>((resolve) => this.#waiting.push(resolve)), entry);
    }
  }

  /** Waits for the first message. */
  async message(): Promise<MediaKeyMessageEvent> {
    while (this.messages.length < 1) {
      await within(new Promise<void>((resolve) => this.#waiting.push(resolve)), 'message');
    }
    return this.messageAt(0);
  }

  /** A message that must have come by now. */
  messageAt(index: number): MediaKeyMessageEvent {
    const message = this.messages[index];
    if (!message) throw new Error(`message ${index + 1}: it never came`);
    return message;
  }

  #count(entry: string): number {
    return this.entries.filter((made) => made === entry).length;
  }
}
