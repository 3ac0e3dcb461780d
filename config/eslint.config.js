import path from 'node:path';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaryConfigs, boundarySettings } from './boundaries.js';

const root = path.resolve(import.meta.dirname, '..');

const NO_DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one name for a thing in the whole code base.',
};
const SYNC_CHILD_PROCESS = {
  name: 'node:child_process',
  importNames: ['execSync', 'execFileSync', 'spawnSync'],
  message: 'Synchronous child processes stop the whole main process; use the asynchronous ones.',
};
const RAW_IPC = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message:
    'Raw IPC lives in src-main/ipc and src-main/preload.ts only; add a call to src-shared/contract.ts.',
};
const CONFIG_FILES = ['**/*.config.ts', '**/*.config.js'];

/** ESLint's flat configuration (`npm run lint`). The layers are in boundaries.js. */
export default defineConfig(
  { ignores: ['node_modules/', 'out/', 'dist/', 'test-results/', 'config/runtime/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/require-await': 'off',
      // Services are objects of closures (no `this`), so their methods may be taken off them.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  { files: CONFIG_FILES, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src-main/**', 'src-renderer/**', 'src-shared/**'],
    plugins: { boundaries },
    settings: {
      ...boundarySettings,
      'boundaries/root-path': root,
      'import/resolver': { [path.join(root, 'config/import-resolver.cjs')]: { root } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'no-restricted-imports': ['error', { paths: [RAW_IPC, SYNC_CHILD_PROCESS] }],
      'no-console': 'error',
    },
  },
  ...boundaryConfigs,
  {
    files: ['src-main/ipc/**', 'src-main/preload.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [SYNC_CHILD_PROCESS] }] },
  },
  { files: ['src-main/practice-desk/cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['src-renderer/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-globals': ['error', 'process', 'Buffer', 'require', 'global', '__dirname'],
    },
  },
  {
    files: ['src-main/**'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'navigator'] },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    rules: { 'no-unused-vars': 'error', eqeqeq: 'error', 'no-undef': 'off' },
  },
);
