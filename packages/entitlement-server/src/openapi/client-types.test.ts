import { expect, test } from 'vitest';

import { writeClientTypes } from '../testing/client-types.js';
import { OpenApiChecker, type ReadDocument } from '../testing/openapi-checker.js';
import { setup } from '../testing/setup.js';

test("the demo's client is made of this document; `npm run generate:api` writes it anew", async () => {
  const document = (await (await setup().get('/v1/openapi.json')).json()) as ReadDocument;

  await expect(writeClientTypes(new OpenApiChecker(document))).toMatchFileSnapshot(
    '../../../../apps/demo/src/site/api/entitlement-api.generated.ts',
  );
});
