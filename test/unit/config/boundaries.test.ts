import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LAYER = 'boundaries/dependencies';

let tree: string;
let eslint: ESLint;

/** A small tree with one file per layer, linted with the real configuration (without the rules that need types). */
beforeAll(() => {
  tree = mkdtempSync(path.join(os.tmpdir(), 'deskbell-boundaries-'));
  const files = [
    'src-shared/domain/ticket.ts',
    'src-shared/contract.ts',
    'src-shared/board-api.ts',
    'src-shared/locales/index.ts',
    'src-main/compose.ts',
    'src-main/outbox/queue.ts',
    'src-main/sync/follow.ts',
    'src-main/desk/connector.ts',
    'src-main/desk/board-api/client.ts',
    'src-main/desk/osticket/client.ts',
    'src-main/notify/decide.ts',
    'src-main/platform/clock.ts',
    'src-main/shell/tray.ts',
    'src-renderer/api.ts',
    'src-renderer/stores/tickets.ts',
    'src-renderer/ui/button.tsx',
    'src-renderer/features/survey/survey.tsx',
    'src-renderer/features/tickets/list.tsx',
  ];
  for (const file of files) write(file, 'export const it = 1;\n');
  eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: path.resolve('config/eslint.config.js'),
    overrideConfig: [
      tseslint.configs.disableTypeChecked,
      {
        settings: {
          'boundaries/root-path': tree,
          'import/resolver': { [path.resolve('config/import-resolver.cjs')]: { root: tree } },
        },
      },
    ] as NonNullable<ESLint.Options['overrideConfig']>,
  });
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
}

/** Names of the rules that `code`, as the text of `file`, breaks. */
async function broken(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(tree, file) });
  return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

describe('lint refuses what the layers forbid', () => {
  it.each([
    ['src-shared/domain/survey.ts', `import '../contract';`],
    ['src-shared/domain/survey.ts', `import 'node:fs';`],
    ['src-shared/domain/survey.ts', `import 'react';`],
    ['src-shared/contract.ts', `import './board-api';`],
    ['src-main/preload.ts', `import './platform/clock';`],
    ['src-main/outbox/item.ts', `import '../sync/follow';`],
    ['src-main/outbox/item.ts', `export * from '../desk/connector';`],
    ['src-main/outbox/item.ts', `import { app } from 'electron';\napp.quit();`],
    ['src-main/outbox/item.ts', `export const load = () => import('../shell/tray');`],
    ['src-main/sync/drain.ts', `import { it } from '../platform/clock';\nexport { it };`],
    ['src-main/sync/drain.ts', `import '../notify/decide';`],
    ['src-main/ipc/handle.ts', `import '../outbox/queue';`],
    ['src-main/desk/osticket/login.ts', `import '../board-api/client';`],
    ['src-main/practice-desk/server.ts', `import '../platform/clock';`],
    ['src-main/auth/session.ts', `import '@shared/locales/index';`],
    ['src-main/shell/window.ts', `import '../outbox/queue';`],
    ['src-renderer/stores/survey.ts', `import '../features/survey/survey';`],
    ['src-renderer/features/tickets/row.tsx', `import '../survey/survey';`],
    ['src-renderer/features/tickets/row.tsx', `import '../../../src-main/outbox/queue';`],
    ['src-renderer/features/tickets/row.tsx', `import 'axios';`],
    ['src-renderer/ui/field.tsx', `import '../stores/tickets';`],
    ['src-renderer/ui/field.tsx', `import '@shared/domain/ticket';`],
    ['src-renderer/ui/field.tsx', `import 'zustand';`],
  ])('%s: %s', async (file, code) => {
    expect(await broken(file, code)).toEqual([LAYER]);
  });

  it('a file outside every layer', async () => {
    expect(await broken('src-main/elsewhere/thing.ts', 'export const it = 1;')).toEqual([
      'boundaries/no-unknown-files',
    ]);
  });

  it.each(['ipcMain', 'ipcRenderer'])('raw %s outside of ipc and preload', async (name) => {
    const code = `import { ${name} } from 'electron';\nexport const it = ${name};`;
    expect(await broken('src-main/shell/window.ts', code)).toEqual(['no-restricted-imports']);
    expect(await broken('src-main/ipc/handle.ts', code)).toEqual([]);
    expect(await broken('src-main/preload.ts', code)).toEqual([]);
  });

  it('default exports and synchronous child processes', async () => {
    expect(await broken('src-main/outbox/item.ts', 'export default 1;')).toEqual(['no-restricted-syntax']);
    const sync = `import { execFileSync } from 'node:child_process';\nexport const it = execFileSync;`;
    expect(await broken('src-main/device/facts.ts', sync)).toEqual(['no-restricted-imports']);
  });
});

describe('lint accepts what the layers allow', () => {
  it.each([
    ['src-shared/domain/survey.ts', `import * as z from 'zod';\nexport const it = z.string();`],
    ['src-shared/contract.ts', `export * from './domain/ticket';`],
    ['src-main/index.ts', `import { app } from 'electron';\nvoid import('./compose');\napp.quit();`],
    ['src-main/compose.ts', `export * from './outbox/queue';\nexport * from './shell/tray';`],
    ['src-main/outbox/item.ts', `export * from './queue';\nexport * from '../platform/clock';`],
    [
      'src-main/outbox/item.ts',
      `import type { WebContents } from 'electron';\nexport type It = WebContents;`,
    ],
    ['src-main/sync/drain.ts', `import type { it } from '../platform/clock';\nexport type It = typeof it;`],
    ['src-main/sync/drain.ts', `export * from '../outbox/queue';\nexport * from '../desk/connector';`],
    ['src-main/ipc/handle.ts', `import type { it } from '../outbox/queue';\nexport type It = typeof it;`],
    ['src-main/desk/board-api/login.ts', `export * from './client';\nexport * from '../connector';`],
    ['src-main/practice-desk/server.ts', `export * from '@shared/board-api';\nexport * from 'node:http';`],
    ['src-renderer/stores/survey.ts', `export * from '../api';\nexport * from 'zustand';`],
    ['src-renderer/features/tickets/row.tsx', `export * from './list';\nexport * from '../../ui/button';`],
    ['src-renderer/ui/field.tsx', `export * from './button';\nexport * from 'react-aria-components';`],
    ['src-renderer/main.tsx', `import 'react-dom/client';\nimport './features/survey/survey';`],
  ])('%s: %s', async (file, code) => {
    expect(await broken(file, code)).toEqual([]);
  });
});
