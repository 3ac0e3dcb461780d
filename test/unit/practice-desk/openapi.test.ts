import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src-main/practice-desk/http/server';
import { openApiDocument } from '../../../src-main/practice-desk/openapi';

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { operationId: string }>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const file = path.resolve(import.meta.dirname, '../../../assets/board-api.openapi.json');

describe('assets/board-api.openapi.json', () => {
  it('is what the schemas say today (else: npm run openapi)', async () => {
    expect(await readFile(file, 'utf8')).toBe(openApiDocument());
  });

  it('has every route of the server, and the server has every route of it', () => {
    const { paths } = JSON.parse(openApiDocument()) as Document;
    const documented = Object.entries(paths).flatMap(([address, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
    );
    const app = createApp({ port: () => 0 } as unknown as Parameters<typeof createApp>[0]);
    const served = app.routes
      .filter((route) => route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(documented.sort()).toEqual(served.sort());
  });

  it('refers to nothing that is not in it', () => {
    const text = openApiDocument();
    const { openapi, components } = JSON.parse(text) as Document;
    expect(openapi).toBe('3.1.0');
    const references = [...text.matchAll(/"\$ref": "#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(50);
    for (const name of new Set(references)) expect(components.schemas).toHaveProperty(name ?? '');
    expect(text).not.toContain('"$schema"');
  });
});
