import fc from 'fast-check';

import type { FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import type { Spoiled } from './spoiled.js';
import { messageOf, type ValidRequest } from './valid-request.js';
import { withBody } from './with-body.js';

/** What CDMs send, cut short, changed and mixed up. */
export function brokenMessage(
  world: FuzzWorld,
  operation: DocumentedOperation,
  valid: fc.Arbitrary<ValidRequest>,
): Spoiled {
  const message = messageOf(world, operation);
  const others = Object.values(world.messages).filter((other) => other !== message);
  const wrap = fc.constantFrom<(bytes: Uint8Array) => Uint8Array<ArrayBuffer>>(
    (bytes) => Uint8Array.from(bytes),
    (bytes) => encode(Buffer.from(bytes).toString('base64')),
    (bytes) => encode(`spc=${Buffer.from(bytes).toString('base64')}`),
    (bytes) => encode(JSON.stringify({ spc: Buffer.from(bytes).toString('base64') })),
  );
  const spoiled: fc.Arbitrary<readonly [Uint8Array, boolean]> = fc.oneof(
    fc.nat({ max: message.length - 1 }).map((length) => [message.slice(0, length), true] as const),
    fc
      .array(fc.tuple(fc.nat({ max: message.length - 1 }), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((flips) => [flip(message, flips), false] as const),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => [bytes, true] as const),
    fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .map((bytes) => [Buffer.concat([message, bytes]), false] as const),
    fc.constantFrom(...others).map((other) => [other, true] as const),
    fc.integer({ min: 1, max: 6000 }).map((depth) => [encode('<a>'.repeat(depth)), true] as const),
  );
  const types = Object.keys(operation.requestBody?.content ?? {});

  return fc
    .tuple(valid, spoiled, wrap, fc.constantFrom(...types))
    .map(([request, [bytes, isBroken], wrapped, type]) => ({
      kind: 'broken message',
      request: withBody(request, wrapped(bytes), type),
      mustFail: isBroken,
    }));
}

function flip(message: Uint8Array, flips: readonly (readonly [number, number])[]): Uint8Array {
  const copy = Uint8Array.from(message);
  for (const [index, mask] of flips) copy[index] = (copy[index] ?? 0) ^ mask;
  return copy;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
