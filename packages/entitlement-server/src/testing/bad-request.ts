import fc from 'fast-check';

import { oddPath, oddQuery, wrongMethod } from './bad-address.js';
import { brokenText, cutOff, oversized, wrongJson, wrongMediaType } from './bad-body.js';
import { badAuthorization, oddHeaders } from './bad-headers.js';
import { brokenMessage } from './bad-message.js';
import type { FuzzWorld } from './fuzz-world.js';
import type { DocumentedOperation } from './openapi-checker.js';
import type { Spoiled } from './spoiled.js';
import { validRequestArbitrary } from './valid-request.js';

/** Bad requests of all kinds, spread over all operations. */
export function badRequestArbitrary(world: FuzzWorld): Spoiled {
  return fc.oneof(
    ...world.checker.operations.map((operation) => ({
      // There is more to get wrong about a body than about an address.
      weight: operation.requestBody === undefined ? 1 : 5,
      arbitrary: spoiledArbitrary(world, operation),
    })),
  );
}

function spoiledArbitrary(world: FuzzWorld, operation: DocumentedOperation): Spoiled {
  const valid = validRequestArbitrary(world, operation);
  const hasBody = operation.requestBody !== undefined;
  const isLicense = operation.operationId.startsWith('license_');

  const of = (weight: number, arbitrary: Spoiled) => ({ weight, arbitrary });

  return fc.oneof(
    of(2, wrongMethod(world, operation, valid)),
    of(2, oddPath(valid)),
    of(1, oddQuery(valid)),
    of(1, oddHeaders(operation, valid)),
    of(2, badAuthorization(operation, valid)),
    ...(hasBody
      ? [
          of(5, wrongJson(world, operation, valid)),
          of(2, wrongMediaType(operation, valid)),
          of(3, brokenText(operation, valid)),
          of(1, oversized(operation, valid)),
          of(1, cutOff(operation, valid)),
        ]
      : []),
    ...(isLicense ? [of(8, brokenMessage(world, operation, valid))] : []),
  );
}
