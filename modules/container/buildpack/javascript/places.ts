import { createHash } from 'node:crypto';
import { posix } from 'node:path';

/** What code asks of its own place, and the name of what answers it in a bundle. */
export type PlaceKind = 'dirname' | 'filename' | 'url' | 'main';

/** The name, free in the code, that a file's place has in each bundle. */
export function placeName(kind: PlaceKind, path: string): string {
  return `__stp_${kind}_${createHash('sha256').update(path).digest('hex').slice(0, 10)}`;
}

/** A bundle's text and source map. */
export interface Output {
  /** Path below `/app`. */
  readonly path: string;
  readonly text: string;
  /** The source map as JSON. @default none */
  readonly map?: string;
}

/**
 * A bundle with one line before it, that says where each file lies whose code asks for it.
 *
 * @param places where files lie below `/app`, by the paths that they have there as sources
 */
export function withPlaces(output: Output, format: 'cjs' | 'esm', places: ReadonlyMap<string, string>): Output {
  const { path, text, map } = output;
  const line = `${prelude(output, format, places)}\n`;
  // These two count only where they stand first.
  const [head = ''] = /^(#!.*\n)?("use strict";\n)?/.exec(text) ?? [];
  const mapped = map === undefined ? undefined : { map: shifted(map) };
  return { path, text: `${head}${line}${text.slice(head.length)}`, ...mapped };
}

function prelude({ path, text }: Output, format: 'cjs' | 'esm', places: ReadonlyMap<string, string>): string {
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
  const named = [...places].sort().flatMap(([source, place]) => {
    const at = `__stp_path.join(__stp_root, ${JSON.stringify(place)})`;
    const answers: { readonly [Kind in PlaceKind]: string } = {
      dirname: `__stp_path.dirname(${at})`,
      filename: at,
      url: `__stp_href.pathToFileURL(${at}).href`,
      main: String(place === path),
    };
    return (Object.keys(answers) as PlaceKind[])
      .map((kind) => ({ name: placeName(kind, source), answer: answers[kind] }))
      .filter(({ name }) => text.includes(name))
      .map(({ name, answer }) => `${name} = ${answer}`);
  });
  return `${[imported, root, main, ...named].join(', ')};`;
}

/** A source map of which everything lies one line further down. */
function shifted(map: string): string {
  const parsed: { mappings: string } = JSON.parse(map);
  return `${JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` })}\n`;
}
