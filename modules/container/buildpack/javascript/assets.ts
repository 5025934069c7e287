import type { Loader } from 'esbuild';

/** Endings of files that code imports as a string. */
const TEXTS = [
  ...[
    '.sql',
    '.txt',
    '.md',
    '.html',
    '.htm',
    '.css',
    '.svg',
    '.xml',
    '.xsd',
    '.xsl',
    '.csv',
    '.tsv',
    '.jsonl',
    '.ndjson',
  ],
  ...['.yaml', '.yml', '.toml', '.graphql', '.gql', '.proto', '.pem', '.crt', '.cer'],
  ...['.hbs', '.mustache', '.ejs', '.njk', '.liquid', '.tmpl', '.tpl', '.prompt', '.lua', '.sh', '.py'],
];

/** Endings of files that code imports as bytes, a `Uint8Array`. */
const BYTES = [
  ...['.wasm', '.bin', '.dat', '.der', '.p12', '.pfx', '.onnx', '.sqlite', '.db', '.parquet', '.pdf', '.xlsx', '.docx'],
  ...[
    '.png',
    '.jpg',
    '.jpeg',
    '.gif',
    '.webp',
    '.avif',
    '.ico',
    '.bmp',
    '.tif',
    '.tiff',
    '.mp3',
    '.mp4',
    '.wav',
    '.ogg',
  ],
  ...['.ttf', '.otf', '.woff', '.woff2', '.eot', '.zip', '.gz', '.tgz', '.br', '.zst'],
];

/** What an import returns, by file ending. Endings are compared without regard to case. */
export const ASSET_LOADERS: { readonly [ending: string]: Loader } = {
  ...loaders(TEXTS, 'text'),
  ...loaders(BYTES, 'binary'),
};

function loaders(endings: readonly string[], loader: Loader): { [ending: string]: Loader } {
  return Object.fromEntries(
    endings.flatMap((ending) => [
      [ending, loader],
      [ending.toUpperCase(), loader],
    ]),
  );
}

/** Whether a file is imported as a string or bytes. */
export function isAsset(path: string): boolean {
  const [ending = ''] = /\.[^./]+$/.exec(path) ?? [];
  return Object.hasOwn(ASSET_LOADERS, ending);
}

/** Whether a file is code that is bundled. */
export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
