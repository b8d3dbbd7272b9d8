import { PROBLEM_CODES } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { createEntitlementApi } from '../api/entitlement-api.js';
import { OpenApiChecker, type ReadDocument } from '../testing/openapi-checker.js';
import { FILM, KEY_SEED, setup } from '../testing/setup.js';
import { OPERATIONS } from './operations.js';

async function documentOf(server = setup({ virtualKeySystems: true })): Promise<ReadDocument> {
  const answer = await server.app.request('/v1/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  return (await answer.json()) as ReadDocument;
}

describe('the OpenAPI document', () => {
  test('has every route of the application, and nothing that it does not do', async () => {
    const { app } = setup({ virtualKeySystems: true });
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    const documented = OPERATIONS.map(
      ({ method, route }) => `${method === 'head' ? 'GET' : method.toUpperCase()} ${route}`,
    );

    expect([...new Set(documented)].sort()).toEqual([...new Set(routes)].sort());
    const { operations } = new OpenApiChecker(await documentOf());
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      OPERATIONS.map(({ id }) => id).sort(),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  test('leaves out what a server without media does not do', async () => {
    const passwords = { verify: () => Promise.resolve(false) };
    const api = createEntitlementApi({ titles: [FILM], keySeed: KEY_SEED, passwords });
    const { app } = api;
    const { paths } = (await (await app.request('/v1/openapi.json')).json()) as ReadDocument;

    expect(Object.keys(paths)).toContain('/v1/login');
    expect(Object.keys(paths)).not.toContain('/media/{path}');
  });

  test('names the parameters of every path, and bodies only where there can be one', async () => {
    for (const { path, method, parameters, requestBody } of new OpenApiChecker(await documentOf())
      .operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = parameters.filter((parameter) => parameter.in === 'path');
      expect(named.map(({ name }) => name)).toEqual(inPath);
      expect(named.every(({ required }) => required)).toBe(true);
      expect(requestBody === undefined || !['get', 'head'].includes(method)).toBe(true);
    }
  });

  test('is made of schemas that a validator takes', async () => {
    const checker = new OpenApiChecker(await documentOf());
    expect(() => checker.compileAll()).not.toThrow();
  });

  test('explains every problem code, with its status and title', async () => {
    const { components } = await documentOf();
    for (const [code, { status, title }] of Object.entries(PROBLEM_CODES)) {
      expect(components.schemas[`problem.${code}`]).toMatchObject({
        title,
        properties: {
          code: { const: code },
          status: { const: status },
          type: { const: `urn:secure-player:problem:${code}` },
        },
      });
    }
    expect(Object.keys(components.schemas).filter((name) => name.startsWith('problem.'))).toHaveLength(
      Object.keys(PROBLEM_CODES).length,
    );
  });

  test('says of every problem code which operations answer with it', async () => {
    const { operations, document } = new OpenApiChecker(await documentOf());
    const text = JSON.stringify(operations.map(({ responses }) => responses));
    const unused = Object.keys(PROBLEM_CODES).filter((code) => !text.includes(`/problem.${code}"`));

    // A wrong method is nobody's operation.
    expect(unused).toEqual(['method-not-allowed']);
    expect(JSON.stringify(document)).toContain('`method-not-allowed`');
  });

  test('refers to nothing that it has not', async () => {
    const document = await documentOf();
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );

    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((name) => !(String(name) in document.components.schemas))).toEqual([]);
  });
});
