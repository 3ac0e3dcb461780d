/**
 * The layers of Deskbell: what may import what. Breaking a rule fails lint.
 *
 * Each layer names its files, the layers it may import besides itself (`imports`), those of which it may import
 * only types (`types`), and the npm and Node modules it may load (`modules`; left out: any but Electron).
 */

const NODE = 'node:*';
const SHARED = ['domain', 'contract', 'board-api'];
const REACT_LIBRARIES = [
  'react',
  'react-dom',
  'react-aria-components',
  'lucide-react',
  '@fontsource-variable/inter',
  '@internationalized/date',
];
/** Nothing of the main process' libraries may reach the window. */
const RENDERER_MODULES = [...REACT_LIBRARIES, 'uqr', 'zustand', 'i18next', 'react-i18next', 'uqr'];
const MAIN_FOLDERS = [
  'ipc',
  'outbox',
  'tickets',
  'drafts',
  'settings',
  'desk',
  'connector',
  'practice-desk',
  'sync',
  'notify',
  'auth',
  'fallback',
  'policy',
  'device',
  'emergency',
  'shell',
  'platform',
];

/** A service folder of src-main. The platform's interfaces (clock, log, …) are open to all: tests replace them. */
const service = (folder, imports, more = {}) => ({
  files: `src-main/${folder}/**`,
  imports,
  types: ['platform'],
  ...more,
});

/** @type {Record<string, {files: string | string[], imports: string[], types?: string[], modules?: string[]}>} */
export const LAYERS = {
  domain: { files: 'src-shared/domain/**', imports: [], modules: ['zod', '@internationalized/date'] },
  contract: { files: 'src-shared/!(board-api).ts', imports: ['domain'], modules: ['zod'] },
  'board-api': { files: 'src-shared/board-api.ts', imports: ['domain'], modules: ['zod'] },
  locales: { files: 'src-shared/locales/**', imports: ['domain'], modules: ['i18next'] },

  index: {
    files: 'src-main/index.ts',
    imports: ['compose', 'shell', 'settings', 'platform'],
    modules: ['electron', NODE],
  },
  compose: {
    files: ['src-main/compose.ts', 'src-main/compose/**'],
    imports: [...MAIN_FOLDERS, ...SHARED, 'locales'],
  },
  preload: { files: 'src-main/preload.ts', imports: ['contract'], modules: ['electron'] },
  ipc: service('ipc', SHARED, { types: MAIN_FOLDERS }),
  outbox: service('outbox', [...SHARED, 'platform']),
  tickets: service('tickets', [...SHARED, 'platform']),
  drafts: service('drafts', [...SHARED, 'platform'], { types: ['platform', 'outbox', 'tickets'] }),
  settings: service('settings', [...SHARED, 'platform']),
  desk: service('desk', [...SHARED, 'platform', 'connector'], { files: 'src-main/desk/*.ts' }),
  connector: service('desk', [...SHARED, 'locales', 'platform', 'desk'], { files: 'src-main/desk/*/**/*' }),
  'practice-desk': service('practice-desk', [...SHARED, 'locales'], { types: [] }),
  sync: service('sync', [...SHARED, 'outbox', 'desk'], { types: ['platform', 'tickets'] }),
  notify: service('notify', [...SHARED, 'locales']),
  auth: service('auth', [...SHARED, 'platform', 'desk']),
  fallback: service('fallback', [...SHARED, 'platform', 'auth', 'desk']),
  policy: service('policy', [...SHARED, 'platform']),
  device: service('device', [...SHARED, 'platform']),
  emergency: service('emergency', [...SHARED, 'locales'], {
    types: ['platform', 'outbox', 'tickets', 'notify'],
  }),
  shell: service('shell', [...SHARED, 'locales'], { types: ['platform', 'notify', 'device'] }),
  platform: { files: 'src-main/platform/**', imports: ['domain'] },

  window: {
    files: ['src-renderer/*', 'src-renderer/!(features|stores|ui)/**'],
    imports: ['api', 'stores', 'feature', 'ui', 'locales', ...SHARED],
    modules: RENDERER_MODULES,
  },
  api: { files: 'src-renderer/api.ts', imports: SHARED, modules: [] },
  stores: { files: 'src-renderer/stores/**', imports: [...SHARED, 'api'], modules: RENDERER_MODULES },
  feature: {
    files: 'src-renderer/features/**',
    imports: ['stores', 'ui', 'locales', ...SHARED],
    modules: RENDERER_MODULES,
  },
  ui: { files: 'src-renderer/ui/**', imports: [], modules: REACT_LIBRARIES },
};

/** Layers that may load Electron at run time; the others may only use its types. */
const ELECTRON_LAYERS = ['index', 'compose', 'preload', 'ipc', 'shell', 'platform'];

/** Settings for eslint-plugin-boundaries: which layer a file belongs to (the last description that fits). */
export const boundarySettings = {
  'boundaries/include': ['src-main/**', 'src-renderer/**', 'src-shared/**'],
  'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
  'boundaries/legacy-templates': false,
  'boundaries/files': [
    { category: 'api', pattern: LAYERS.api.files, exclusive: true },
    { category: 'connector', pattern: 'src-main/desk/(*)/**/*', capture: ['folder'], exclusive: true },
    { category: 'feature', pattern: 'src-renderer/features/(*)/**/*', capture: ['folder'], exclusive: true },
    ...Object.entries(LAYERS).map(([category, { files }]) => ({ category, pattern: files, exclusive: true })),
  ],
};

/**
 * One piece of ESLint configuration per layer with the rule `boundaries/dependencies`. (All layers in one rule would
 * be the same, but every import would be held against every policy of every layer, which takes most of a lint run.)
 */
export const boundaryConfigs = Object.entries(LAYERS).map(([name, layer]) => ({
  files: [layer.files].flat(),
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkAllOrigins: true,
        checkUnknownLocals: true,
        message: `Layer "${name}" must not import "{{dependency.source}}" (see the layers in config/boundaries.js).`,
        policies: policiesOf(name, layer),
      },
    ],
  },
}));

function policiesOf(name, { imports, types = [], modules }) {
  const folder = { folder: '{{from.file.captured.folder}}' };
  // Neighbours among the connectors and among the features must not know each other.
  const own = ['connector', 'feature'].includes(name)
    ? { file: { categories: name, captured: folder } }
    : { file: { categories: name } };
  return [
    { allow: { to: own } },
    ...(imports.length ? [{ allow: { to: { file: { categories: imports } } } }] : []),
    ...(types.length
      ? [{ allow: { to: { file: { categories: types } }, dependency: { kind: 'type' } } }]
      : []),
    ...modulePolicies(name, modules),
  ];
}

function modulePolicies(name, modules) {
  if (modules) {
    const packages = modules.filter((source) => source !== NODE);
    return [
      ...(packages.length ? [{ allow: { to: { module: { origin: 'external', source: packages } } } }] : []),
      ...(packages.length < modules.length ? [{ allow: { to: { module: { origin: 'core' } } } }] : []),
    ];
  }
  const any = { allow: { to: { module: { origin: ['core', 'external'] } } } };
  if (ELECTRON_LAYERS.includes(name)) return [any];
  const electron = { module: { origin: 'external', source: 'electron' } };
  return [any, { disallow: { to: electron, dependency: { kind: 'value' } } }];
}
