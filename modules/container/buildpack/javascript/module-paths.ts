import { createHash } from 'node:crypto';
import { posix } from 'node:path';

/** The values that tell code its own path, and the names of the variables for them in a bundle. */
export type ModuleVariable = 'dirname' | 'filename' | 'url' | 'main';

/** The variable for a file's path in every bundle, with a name that the code doesn't use. */
export function moduleVariableName(kind: ModuleVariable, path: string): string {
  return `__stp_${kind}_${createHash('sha256').update(path).digest('hex').slice(0, 10)}`;
}

/** The code of a bundle and its source map. */
export interface Output {
  /** Path relative to `/app`. */
  readonly path: string;
  readonly text: string;
  /** The source map as JSON. @default none */
  readonly map?: string;
}

/**
 * Puts one line before a bundle, which sets the path of each file whose code uses it.
 *
 * @param paths paths of files relative to `/app`, by the paths of their sources there
 */
export function withModulePaths(output: Output, format: 'cjs' | 'esm', paths: ReadonlyMap<string, string>): Output {
  const { path, text, map } = output;
  const line = `${prelude(output, format, paths)}\n`;
  // A hashbang and 'use strict' have an effect only at the beginning.
  const [head = ''] = /^(#!.*\n)?("use strict";\n)?/.exec(text) ?? [];
  const mapped = map === undefined ? undefined : { map: shifted(map) };
  return { path, text: `${head}${line}${text.slice(head.length)}`, ...mapped };
}

function prelude({ path, text }: Output, format: 'cjs' | 'esm', paths: ReadonlyMap<string, string>): string {
  const up = posix.relative(posix.dirname(path), '') || '.';
  const imported =
    format === 'esm'
      ? 'import __stp_module from "node:module"; import __stp_path from "node:path"; import __stp_href from "node:url"; ' +
        'const require = __stp_module.createRequire(import.meta.url), __stp_filename = __stp_href.fileURLToPath(import.meta.url), ' +
        '__stp_dirname = __stp_path.dirname(__stp_filename)'
      : 'const __stp_path = require("node:path"), __stp_href = require("node:url"), __stp_dirname = __dirname, ' +
        '__stp_url = __stp_href.pathToFileURL(__filename).href';
  const root = `__stp_root = __stp_path.join(__stp_dirname, ${JSON.stringify(up)})`;
  const main = `__stp_main = { filename: __stp_path.join(__stp_dirname, ${JSON.stringify(posix.basename(path))}), path: __stp_dirname, id: ".", exports: {}, paths: [], children: [] }`;
  const named = [...paths].sort().flatMap(([source, target]) => {
    const at = `__stp_path.join(__stp_root, ${JSON.stringify(target)})`;
    const answers: { readonly [Kind in ModuleVariable]: string } = {
      dirname: `__stp_path.dirname(${at})`,
      filename: at,
      url: `__stp_href.pathToFileURL(${at}).href`,
      main: String(target === path),
    };
    return (Object.keys(answers) as ModuleVariable[])
      .map((kind) => ({ name: moduleVariableName(kind, source), answer: answers[kind] }))
      .filter(({ name }) => text.includes(name))
      .map(({ name, answer }) => `${name} = ${answer}`);
  });
  return `${[imported, root, main, ...named].join(', ')};`;
}

/** A source map whose lines are all moved down by one. */
function shifted(map: string): string {
  const parsed: { mappings: string } = JSON.parse(map);
  return `${JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` })}\n`;
}
