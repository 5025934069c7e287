// Bundles with edited files and with packages that stay out. This is a separate thread because esbuild runs plugins only asynchronously,
// and synthesis is synchronous. A message is BundlerInput of bundler.ts as JSON, and its answer Bundled or NotBundled as JSON.

const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');

const INNER = 'inner resolution';

const nameOf = (path) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const exactly = (names) => new RegExp(`^(?:${names.join('|')})(?:\\/|$)`);

/** Name of the package that a file belongs to, if it is imported by an alias: `"pg6": "npm:pg@6"`. */
function aliasedOwner(file, name, from) {
  const [, owner] = /^.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file ?? '') ?? [];
  if (owner === undefined || owner.replace('\\', '/') === name) return undefined;
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return owner.replace('\\', '/');
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether Node.js loads a file as an ES module. */
function isModule(file) {
  if (/\.[cm]?[jt]sx?$/.test(file) === false || /\.c[jt]s$/.test(file)) return false;
  if (/\.m[jt]s$/.test(file)) return true;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (folder === dirname(folder)) return false;
  }
}

// An import of a CommonJS package that stays out becomes a require(): Node.js detects the export names of such a package only
// sometimes, and an import would run the package at once even if the code imports it late.
function leftToNode({ path, kind }, file) {
  const statement = kind === 'import-statement' || kind === 'dynamic-import';
  const byRequire = statement && (file === undefined || !isModule(file));
  return byRequire ? { path, namespace: 'kept-out' } : { path, external: true };
}

/** Leaves packages to Node.js, and adds their imports to `kept`. */
const staysOut = ({ keptOut, absent }, kept) => ({
  name: 'stays-out',
  setup({ onResolve, onLoad, resolve }) {
    const found = ({ path, importer, kind, resolveDir }) =>
      resolve(path, { importer, kind, resolveDir, namespace: 'file', pluginData: INNER });
    const all = keptOut.includes('*');
    const named = keptOut.filter((name) => name !== '*').map((name) => escaped(name).replaceAll('\\*', '.*'));
    const isNamed = (path) => named.length > 0 && exactly(named).test(path);
    const isAbsent = (path) => absent.length > 0 && exactly(absent.map(escaped)).test(path);
    // An alias is recognized only by the file that it resolves to, so every import of a package must be looked at.
    const filter = keptOut.length > 0 ? /^[^./]/ : exactly(absent.map(escaped));

    onResolve({ filter }, async (args) => {
      if (args.pluginData === INNER || args.kind === 'entry-point') return undefined;
      if (args.namespace === 'kept-out') return { path: args.path, external: true };
      const { path, errors, external } = await found(args);
      const file = errors.length === 0 && !external ? path : undefined;
      // A module of Node.js itself, such as `fs`.
      if (external) return undefined;
      // A path alias of the tsconfig.json, or the project's code.
      const name = nameOf(args.path);
      const out = isNamed(args.path) || isNamed(aliasedOwner(file, name, args.resolveDir) ?? '');
      if (!out && file !== undefined && !(all && file.includes('node_modules'))) return undefined;
      if (!out && !all) return isAbsent(args.path) ? leftToNode(args, undefined) : undefined;
      kept.set(`${name} ${file} ${args.importer}`, { name, file, importer: args.importer });
      return leftToNode(args, file);
    });

    onLoad({ filter: /.*/, namespace: 'kept-out' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
});

const editedFiles = ({ edited }) => ({
  name: 'edited-files',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path }) =>
      Object.hasOwn(edited, path) ? { contents: edited[path], loader: 'jsx' } : undefined,
    );
  },
});

/** What esbuild makes of the input. */
async function bundled(input) {
  const { options, edited, keptOut, absent } = input;
  const kept = new Map();
  const plugins = [
    ...(keptOut.length + absent.length === 0 ? [] : [staysOut(input, kept)]),
    ...(Object.keys(edited).length === 0 ? [] : [editedFiles(input)]),
  ];
  try {
    const { outputFiles, metafile, warnings } = await require(workerData).build({ ...options, plugins });
    const files = outputFiles.map(({ path, text }) => ({ path, text }));
    return { outputFiles: files, metafile, warnings, kept: [...kept.values()] };
  } catch ({ errors, message }) {
    return { errors: errors ?? [{ text: message, location: null }] };
  }
}

parentPort.on('message', async (input) => {
  parentPort.postMessage(JSON.stringify(await bundled(JSON.parse(input))));
});
