/** Packages that do not work from within a bundle, by name or by the beginning of it with `*`, and why. */
const BREAK_IN_BUNDLES: { readonly [name: string]: string } = {
  '@grpc/grpc-js': 'it reads .proto files beside its code',
  '@grpc/proto-loader': 'it reads .proto files beside its code',
  '@google-cloud/*': 'it reads .proto and .json files beside its code',
  '@mapbox/node-pre-gyp': 'it looks for a binary beside its code',
  '@napi-rs/*': 'it has a binary',
  '@opentelemetry/auto-instrumentations-node': 'it watches packages while they are loaded, which a bundle does not do',
  '@opentelemetry/instrumentation*': 'it watches packages while they are loaded, which a bundle does not do',
  '@opentelemetry/sdk-node': 'it watches packages while they are loaded, which a bundle does not do',
  '@prisma/client': 'its client and engine are files that are generated for each project',
  '@resvg/*': 'it has a binary',
  '@sentry/node': 'it watches packages while they are loaded, which a bundle does not do',
  '@sentry/profiling-node': 'it has a binary',
  '@sparticuz/chromium*': 'it unpacks a browser that lies beside its code',
  '@swc/*': 'it has a binary',
  '@tensorflow/tfjs-node*': 'it has a binary',
  applicationinsights: 'it watches packages while they are loaded, which a bundle does not do',
  argon2: 'it has a binary',
  'aws-crt': 'it has a binary',
  bcrypt: 'it has a binary',
  'better-sqlite3': 'it has a binary',
  bree: 'it starts threads from files of its own',
  canvas: 'it has a binary',
  config: 'it reads files of the folder that the job starts in, and loads their formats by name',
  'dd-trace': 'it watches packages while they are loaded, which a bundle does not do',
  'elastic-apm-node': 'it watches packages while they are loaded, which a bundle does not do',
  esbuild: 'it has a binary',
  'express-handlebars': 'it loads templates by name',
  'fluent-ffmpeg': 'it reads files beside its code',
  'geoip-lite': 'it reads a database beside its code',
  'google-gax': 'it reads .proto and .json files beside its code',
  i18n: 'it reads files by names that only running it shows',
  'jest-worker': 'it starts processes and threads from files of its own',
  jsdom: 'it starts a thread from a file of its own',
  knex: 'it loads drivers and migrations by name',
  'mikro-orm': 'it loads drivers and entities by name',
  '@mikro-orm/*': 'it loads drivers and entities by name',
  mjml: 'it loads its parts by name',
  'mjml-core': 'it loads its parts by name',
  'moment-timezone': 'it loads its data by name',
  newrelic: 'it watches packages while they are loaded, which a bundle does not do',
  'node-config': 'it reads files of the folder that the job starts in',
  'onnxruntime-node': 'it has a binary',
  'pdf-parse': 'it loads its parts by name',
  'pdfjs-dist': 'it starts a thread from a file of its own',
  pdfkit: 'it reads fonts beside its code',
  pdfmake: 'it reads fonts beside its code',
  pino: 'it starts threads from files of its own',
  'pino-*': 'pino starts it in a thread, by its name',
  piscina: 'it starts threads from files of its own',
  playwright: 'it starts browsers and reads files beside its code',
  'playwright-core': 'it starts browsers and reads files beside its code',
  prettier: 'it loads its parts by name',
  pprof: 'it has a binary',
  prisma: 'its engine is a binary',
  puppeteer: 'it starts browsers and reads files beside its code',
  'puppeteer-core': 'it loads its parts by name',
  re2: 'it has a binary',
  'require-in-the-middle': 'it watches packages while they are loaded, which a bundle does not do',
  'import-in-the-middle': 'it watches packages while they are loaded, which a bundle does not do',
  sequelize: 'it loads drivers by name',
  sharp: 'it has a binary',
  snappy: 'it has a binary',
  'sonic-boom': 'pino writes through it from threads',
  'sql.js': 'it reads a .wasm file beside its code',
  sqlite3: 'it has a binary',
  'swagger-ui-dist': 'it serves files that lie beside its code',
  'tesseract.js': 'it starts a thread from a file of its own',
  'tesseract.js-core': 'it reads a .wasm file beside its code',
  'thread-stream': 'it starts a thread from a file of its own',
  threads: 'it starts threads from files of its own',
  tiktoken: 'it reads a .wasm file beside its code',
  '@dqbd/tiktoken': 'it reads a .wasm file beside its code',
  tinypool: 'it starts threads and processes from files of its own',
  'ts-node': 'it compiles files while they are loaded',
  tsx: 'it compiles files while they are loaded',
  typeorm: 'it loads drivers and entities by name',
  typescript: 'it reads files beside its code',
  vm2: 'it reads files beside its code',
  webpack: 'it loads its parts by name',
  workerpool: 'it starts threads and processes from files of its own',
  zeromq: 'it has a binary',
};

/** Packages that mention their place, or load by name, and yet work from within a bundle. */
const WORK_IN_BUNDLES: readonly string[] = [
  // They look for the version of TypeScript that a program was compiled with, and go on without it.
  '@aws-sdk/*',
  '@smithy/*',
];

/** Why a package is known not to work from within a bundle; undefined if nothing is known against it. */
export function breaksInBundles(name: string): string | undefined {
  if (Object.hasOwn(BREAK_IN_BUNDLES, name)) return BREAK_IN_BUNDLES[name];
  return Object.entries(BREAK_IN_BUNDLES).find(([pattern]) => matches(pattern, name))?.[1];
}

/** Whether a package is known to work from within a bundle, whatever its code mentions. */
export function worksInBundles(name: string): boolean {
  return WORK_IN_BUNDLES.some((pattern) => matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
