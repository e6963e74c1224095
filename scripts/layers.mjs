/**
 * The rules about who may import whom, and the few others that no linter knows. Pure: takes the text of a file, gives sentences.
 *
 * `turbo boundaries` guards the manifests (and everything reachable through them); this guards each import statement, down to the
 * export path and to whether it is `import type` (`import { type a }` still runs the module). Cycles and default exports are the linter's business (.oxlintrc.json).
 */
import { basename } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** For each package, what it may import of which: `types` means that nothing of it is left at runtime. */
const allowed = {
  rooms: {},
  ui: {},
  kinds: { '@atrium/rooms/kind': 'value' },
  db: { '@atrium/rooms': 'types', '@atrium/rooms/kind': 'types' },
  auth: { '@atrium/db': 'value', '@atrium/rooms': 'types' },
  api: {
    '@atrium/auth': 'value',
    '@atrium/db': 'value',
    '@atrium/kinds': 'value',
    '@atrium/rooms': 'value',
    '@atrium/rooms/kind': 'value',
  },
  client: {
    '@atrium/api': 'types',
    '@atrium/rooms': 'types',
    '@atrium/rooms/kind': 'value',
    '@atrium/kinds': 'value',
    '@atrium/kinds/*': 'value',
  },
  server: {
    '@atrium/api': 'value',
    '@atrium/auth': 'value',
    '@atrium/db': 'value',
    '@atrium/kinds': 'value',
    '@atrium/rooms': 'value',
  },
  web: {
    '@atrium/api': 'types',
    '@atrium/rooms': 'types',
    '@atrium/rooms/kind': 'value',
    '@atrium/kinds/*': 'value',
    '@atrium/client': 'value',
    '@atrium/client/react': 'value',
    '@atrium/ui': 'value',
  },
  bot: {
    '@atrium/client': 'value',
    '@atrium/kinds/*': 'value',
  },
  testkit: {
    '@atrium/server': 'value',
    '@atrium/api': 'value',
    '@atrium/client': 'value',
    '@atrium/db': 'value',
    '@atrium/db/testing': 'value',
    '@atrium/kinds/*': 'value',
    '@atrium/kinds/testing': 'value',
    '@atrium/rooms': 'types',
    '@atrium/rooms/kind': 'value',
  },
  bench: {
    '@atrium/testkit': 'value',
    '@atrium/db': 'value',
    '@atrium/db/testing': 'value',
    '@atrium/rooms': 'value',
    '@atrium/rooms/kind': 'types',
    '@atrium/rooms/testing': 'value',
  },
};

/** What tests may import on top: the real neighbours that they are run against. */
const allowedInTests = {
  kinds: ['@atrium/rooms', '@atrium/rooms/testing'],
  db: ['@atrium/rooms', '@atrium/rooms/kind', '@atrium/rooms/testing'],
  auth: ['@atrium/db/testing'],
  api: ['@atrium/auth/testing', '@atrium/db/testing', '@atrium/rooms/testing'],
  client: ['@atrium/rooms/testing'],
  bot: ['@atrium/testkit'],
  server: ['@atrium/db/testing', '@atrium/rooms/kind', '@atrium/client', '@atrium/testkit'],
  web: [
    '@atrium/client/testing',
    '@atrium/testkit',
    '@atrium/server',
    '@atrium/rooms',
    '@atrium/kinds',
    '@atrium/kinds/testing',
  ],
};

/** Packages whose code runs in the browser: nothing of Node in them. */
const browserCode = [/^packages\/(client|kinds|ui)\/src\//, /^packages\/rooms\/src\/kind\//, /^apps\/web\/src\//];

/** The engine knows no transport: what it may take from Node is listed, the rest is somebody else's. */
const nodeOfRooms = new Set([
  'node:assert',
  'node:crypto',
  'node:events',
  'node:perf_hooks',
  'node:timers',
  'node:timers/promises',
]);

const forbiddenNames = /^(utils?|common|helpers?|lib|types|constants)$/;

const isTestCode = (path) => /\.test\.tsx?$|\/(test|e2e)\/|\/src\/testing\//.test(path);

const mayReadEnvironment = (path) =>
  path === 'apps/server/src/env.ts' ||
  /\.config\.m?ts$|\/scripts\/|\/src\/testing\/|\/test\/simulation\//.test(path) ||
  /^(packages\/(bench|testkit)|apps\/web\/e2e|examples)\//.test(path);

/**
 * @param {{ path: string, source: string }} file path from the root of the repository, with forward slashes
 * @returns {{ line: number, message: string }[]} empty when the file keeps every rule
 */
export function violationsOf({ path, source }) {
  const { imports, environmentReads } = readModule(path, source);
  const found = [];
  const report = (start, message) => found.push({ line: source.slice(0, start).split('\n').length, message });

  for (const entry of imports) {
    const message = wrongImport(path, entry);
    if (message) report(entry.start, message);
  }
  if (!mayReadEnvironment(path)) {
    for (const start of environmentReads) report(start, 'reads process.env, which only apps/server/src/env.ts does');
  }
  for (const entry of imports) {
    if (/^(node:)?process$/.test(entry.specifier)) report(entry.start, 'imports process: it is there as a global');
  }
  const words = path.split('/').slice(2);
  if (words.some((word) => forbiddenNames.test(basename(word).replace(/(\.test)?\.\w+$/, '')))) {
    report(0, 'is named after what code is in general: name it after the one thing it holds');
  }
  return found;
}

function wrongImport(path, { specifier, typesOnly, names }) {
  const self = path.split('/')[1];
  if (specifier.startsWith('@atrium/')) return wrongNeighbour(path, self, { specifier, typesOnly });
  if (isTestCode(path)) return null;
  if (specifier.startsWith('node:')) {
    if (browserCode.some((pattern) => pattern.test(path)))
      return `imports ${specifier}, but this code runs in the browser`;
    if (self === 'rooms' && !nodeOfRooms.has(specifier))
      return `imports ${specifier}, but the engine knows no transport and no disk`;
  }
  if (names.includes('TRPCError') && self !== 'api')
    return 'imports TRPCError, which only packages/api knows: throw an error of your own';
  return null;
}

function wrongNeighbour(path, self, { specifier, typesOnly }) {
  if (specifier.split('/')[1] === self) return `imports ${specifier}, its own package: use a relative path`;
  if (isTestCode(path) && allowedInTests[self]?.includes(specifier)) return null;
  const permission = permissionFor(self, specifier);
  if (permission === undefined) return `imports ${specifier}, which ${self} may not`;
  if (permission === 'types' && !typesOnly)
    return `imports ${specifier} at runtime, where ${self} may only "import type"`;
  return null;
}

/** `@atrium/kinds/*` stands for each kind, and not for what the tests of kinds are made of. */
function permissionFor(self, specifier) {
  const anyPath = specifier.endsWith('/testing') ? specifier : specifier.replace(/\/[^/]+$/, '/*');
  return allowed[self]?.[specifier] ?? allowed[self]?.[anyPath];
}

/** Every import of a module in whatever form, and where it reads `process.env`. */
function readModule(path, source) {
  const parsed = parseSync(path, source);
  const [broken] = parsed.errors;
  if (broken) throw new Error(`${path} cannot be parsed: ${broken.message}`);

  const imports = [];
  const environmentReads = [];
  const take = (node, specifier, opts = {}) => {
    if (typeof specifier === 'string')
      imports.push({ start: node.start, specifier, typesOnly: false, names: [], ...opts });
  };
  new Visitor({
    ImportDeclaration: (node) =>
      take(node, node.source.value, {
        typesOnly: node.importKind === 'type',
        names: node.specifiers.map((each) => each.imported?.name ?? ''),
      }),
    ExportNamedDeclaration: (node) => take(node, node.source?.value, { typesOnly: node.exportKind === 'type' }),
    ExportAllDeclaration: (node) => take(node, node.source.value, { typesOnly: node.exportKind === 'type' }),
    ImportExpression: (node) => take(node, node.source.value),
    TSImportType: (node) => take(node, node.source.value, { typesOnly: true }),
    MemberExpression: (node) => {
      if (isProcess(node.object) && nameOf(node.property) === 'env') environmentReads.push(node.start);
    },
    VariableDeclarator: (node) => {
      const names = node.id.type === 'ObjectPattern' ? node.id.properties.map((each) => nameOf(each.key)) : [];
      if (isProcess(node.init) && names.includes('env')) environmentReads.push(node.start);
    },
  }).visit(parsed.program);
  return { imports, environmentReads };
}

/** `process` and `globalThis.process`. */
function isProcess(node) {
  return node?.name === 'process' || (node?.type === 'MemberExpression' && nameOf(node.property) === 'process');
}

/** Of `a.name` and `a['name']`. */
function nameOf(node) {
  return node?.name ?? node?.value;
}
