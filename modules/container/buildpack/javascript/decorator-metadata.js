// Bundles with the types of decorated members kept, which esbuild drops: each TypeScript file goes through the project's own compiler first.
// A program of its own, since esbuild takes such a step only if it is waited for, and synthesis waits for nothing.
// Standard input: { esbuild, typescript, options }, the first two as paths. Standard output: { outputFiles, metafile } or { errors }.

const { readFileSync } = require('node:fs');

const { esbuild, typescript, options } = JSON.parse(readFileSync(0, 'utf8'));
const { build } = require(esbuild);
const ts = require(typescript);

const compiler = {
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  useDefineForClassFields: false,
  inlineSourceMap: true,
  inlineSources: true,
};

const decoratorMetadata = {
  name: 'decorator-metadata',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      // Files without decorators are esbuild's alone.
      if (path.includes('node_modules') || !text.includes('@')) return undefined;
      const { outputText } = ts.transpileModule(text, { fileName: path, compilerOptions: compiler });
      return { contents: outputText, loader: path.endsWith('x') ? 'jsx' : 'js' };
    });
  },
};

function answer(value) {
  process.stdout.write(JSON.stringify(value));
}

build({ ...options, plugins: [decoratorMetadata] }).then(
  ({ outputFiles, metafile }) =>
    answer({ outputFiles: outputFiles.map(({ path, text }) => ({ path, text })), metafile }),
  ({ errors, message }) => answer({ errors: errors ?? [{ text: message, location: null }] }),
);
