/** Packages that don't work in a bundle, and why: by name, or by the beginning of the name with `*`. */
const BREAK_IN_BUNDLES: { readonly [name: string]: string } = {
  '@grpc/grpc-js': 'it reads .proto files next to its code',
  '@grpc/proto-loader': 'it reads .proto files next to its code',
  '@google-cloud/*': 'it reads .proto and .json files next to its code',
  '@mapbox/node-pre-gyp': 'it looks for a binary next to its code',
  '@napi-rs/*': 'it has a binary',
  '@opentelemetry/auto-instrumentations-node': 'it hooks into the loading of packages, which a bundle bypasses',
  '@opentelemetry/instrumentation*': 'it hooks into the loading of packages, which a bundle bypasses',
  '@opentelemetry/sdk-node': 'it hooks into the loading of packages, which a bundle bypasses',
  '@prisma/client': 'its client and engine are generated for each project',
  '@resvg/*': 'it has a binary',
  '@sentry/node': 'it hooks into the loading of packages, which a bundle bypasses',
  '@sentry/profiling-node': 'it has a binary',
  '@sparticuz/chromium*': 'it unpacks a browser next to its code',
  '@swc/*': 'it has a binary',
  '@tensorflow/tfjs-node*': 'it has a binary',
  applicationinsights: 'it hooks into the loading of packages, which a bundle bypasses',
  argon2: 'it has a binary',
  'aws-crt': 'it has a binary',
  bcrypt: 'it has a binary',
  'better-sqlite3': 'it has a binary',
  bree: 'it starts threads from its own files',
  canvas: 'it has a binary',
  config: 'it reads files in the working folder of the job, and loads their formats by name',
  'dd-trace': 'it hooks into the loading of packages, which a bundle bypasses',
  'elastic-apm-node': 'it hooks into the loading of packages, which a bundle bypasses',
  esbuild: 'it has a binary',
  'express-handlebars': 'it loads templates by name',
  'fluent-ffmpeg': 'it reads files next to its code',
  'geoip-lite': 'it reads a database next to its code',
  'google-gax': 'it reads .proto and .json files next to its code',
  i18n: 'it reads files by names that are known only when it runs',
  'jest-worker': 'it starts processes and threads from its own files',
  jsdom: 'it starts a thread from its own file',
  knex: 'it loads drivers and migrations by name',
  'mikro-orm': 'it loads drivers and entities by name',
  '@mikro-orm/*': 'it loads drivers and entities by name',
  mjml: 'it loads its parts by name',
  'mjml-core': 'it loads its parts by name',
  'moment-timezone': 'it loads its data by name',
  newrelic: 'it hooks into the loading of packages, which a bundle bypasses',
  'node-config': 'it reads files in the working folder of the job',
  'onnxruntime-node': 'it has a binary',
  'pdf-parse': 'it loads its parts by name',
  'pdfjs-dist': 'it starts a thread from its own file',
  pdfkit: 'it reads fonts next to its code',
  pdfmake: 'it reads fonts next to its code',
  pino: 'it starts threads from its own files',
  'pino-*': 'pino starts it in a thread, by its name',
  piscina: 'it starts threads from its own files',
  playwright: 'it starts browsers and reads files next to its code',
  'playwright-core': 'it starts browsers and reads files next to its code',
  prettier: 'it loads its parts by name',
  pprof: 'it has a binary',
  prisma: 'its engine is a binary',
  puppeteer: 'it starts browsers and reads files next to its code',
  'puppeteer-core': 'it loads its parts by name',
  re2: 'it has a binary',
  'require-in-the-middle': 'it hooks into the loading of packages, which a bundle bypasses',
  'import-in-the-middle': 'it hooks into the loading of packages, which a bundle bypasses',
  sequelize: 'it loads drivers by name',
  sharp: 'it has a binary',
  snappy: 'it has a binary',
  'sonic-boom': 'pino writes through it from threads',
  'sql.js': 'it reads a .wasm file next to its code',
  sqlite3: 'it has a binary',
  'swagger-ui-dist': 'it serves files next to its code',
  'tesseract.js': 'it starts a thread from its own file',
  'tesseract.js-core': 'it reads a .wasm file next to its code',
  'thread-stream': 'it starts a thread from its own file',
  threads: 'it starts threads from its own files',
  tiktoken: 'it reads a .wasm file next to its code',
  '@dqbd/tiktoken': 'it reads a .wasm file next to its code',
  tinypool: 'it starts threads and processes from its own files',
  'ts-node': 'it compiles files while they are loaded',
  tsx: 'it compiles files while they are loaded',
  typeorm: 'it loads drivers and entities by name',
  typescript: 'it reads files next to its code',
  vm2: 'it reads files next to its code',
  webpack: 'it loads its parts by name',
  workerpool: 'it starts threads and processes from its own files',
  zeromq: 'it has a binary',
};

/** Packages that use their own path or load modules by name, but work in a bundle. */
const WORK_IN_BUNDLES: readonly string[] = [
  // They look up the TypeScript version that a program was compiled with, and work without it.
  '@aws-sdk/*',
  '@smithy/*',
];

/** Why a package doesn't work in a bundle. Undefined if no reason is known. */
export function breaksInBundles(name: string): string | undefined {
  if (Object.hasOwn(BREAK_IN_BUNDLES, name)) return BREAK_IN_BUNDLES[name];
  return Object.entries(BREAK_IN_BUNDLES).find(([pattern]) => matches(pattern, name))?.[1];
}

/** Whether a package is known to work in a bundle, even if its code looks as if it didn't. */
export function worksInBundles(name: string): boolean {
  return WORK_IN_BUNDLES.some((pattern) => matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
