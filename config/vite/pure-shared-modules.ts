import type { Plugin } from 'vite';

const SHARED_MODULE = /[\\/]src-shared[\\/].*\.ts$/;
/** Initialisers that a bundler already knows to be free of side effects. */
const KNOWN_PURE = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'Identifier',
  'Literal',
  'TemplateLiteral',
]);

/**
 * Marks every constant of src-shared as free of side effects, so that unused ones leave the bundle.
 *
 * zod schemas are built by chains of calls at module level. A bundler must keep such calls, and zod with them,
 * although the importer wants one small function of the same file. Modules of src-shared have no side effects (a
 * rule of this code base), so each initialiser that calls something is wrapped in a function that is marked pure.
 */
export function pureSharedModules(): Plugin {
  return {
    name: 'deskbell:pure-shared-modules',
    enforce: 'post',
    transform(code, id) {
      if (!SHARED_MODULE.test(id)) return null;
      let result = code;
      for (const { start, end } of impureInitialisers(this.parse(code), code).reverse()) {
        result = `${result.slice(0, start)}/* @__PURE__ */ (() => (${result.slice(start, end)}))()${result.slice(end)}`;
      }
      return { code: result, map: null, moduleSideEffects: false };
    },
  };
}

type Range = { readonly start: number; readonly end: number };
type Program = ReturnType<
  ThisParameterType<Extract<Plugin['transform'], (...args: never[]) => unknown>>['parse']
>;

/** The initialisers of top-level constants that contain a call, in source order. */
function impureInitialisers(program: Program, code: string): Range[] {
  return program.body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .flatMap((statement) => (statement?.type === 'VariableDeclaration' ? statement.declarations : []))
    .flatMap(({ init }) => (init && !KNOWN_PURE.has(init.type) ? [{ start: init.start, end: init.end }] : []))
    .filter(({ start, end }) => code.slice(start, end).includes('('));
}
