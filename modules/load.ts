import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { expandDirectives } from './config/custom-directives';
import {
  DEFAULT_CONFIG_FILE,
  DEFAULT_CONFIG_FILES,
  defaultConfigFile,
  stacktapeFile,
} from './config/default-config-file';
import { type Fault, faultIn, faultPosition, faultText } from './config/fault';
import { ForeignCodeError, guarded } from './config/foreign-code';
import { contradictedName, identified, stageHints } from './config/identity';
import { importModule } from './config/module-file';
import type { MovedPart } from './config/moved-parts';
import type { ParseOptions } from './config/parse';
import { plainData, type ScalarText } from './config/plain-data';
import type { WithPackagings } from './config/stacktape-packaging';
import { withoutSections } from './config/stacktape-sections';
import { stringsIn } from './config/strings-in';
import { ConfigError } from './problems/config-error';
import { errorMessage } from './problems/error-message';
import { type Finding, formatPath, type LocatedFinding, type Position } from './problems/problem';
import { shownPath } from './problems/shown-path';
import { completedConfig } from './stack-config/completed-config';
import type { LoadedConfig } from './stack-config/loaded-config';

/** What to do in a folder without a config. */
function start(): string {
  const other = stacktapeFile();
  return other === undefined ? 'start a project with batch-jobs init' : `read ${other}: add --config ${other}`;
}

const NAME_ANOTHER = `name another file in BATCH_JOBS_CONFIG or --config (default ${DEFAULT_CONFIG_FILE})`;

/**
 * Reads, checks and completes a config file: YAML, JSON, or a TypeScript or JavaScript module whose default export is the config, a
 * promise of it, or a function that returns it. A function gets `stage` (the variable STAGE), `projectName` (PROJECT_NAME) and `region`.
 * It calls custom directives. It finds a missing `stackName` in the variable `STACK_NAME` or the file's name, and a missing `region` as
 * the AWS CLI does.
 *
 * @param file path, relative to the current folder. Default: the variable `BATCH_JOBS_CONFIG`, or else the file `batch-jobs.config` with
 *   any supported extension
 * @param meanwhile a promise to wait for. Until it settles, uncaught errors of the config's code are reported. Default: none
 * @throws ConfigError if the file is missing, can't be read, or contains a config with problems
 *
 * @example
 * import { App } from 'cdktf';
 * import { BatchJobsStack, loadConfig } from 'cdktf-batch-jobs';
 *
 * async function main() {
 *   const app = new App();
 *   new BatchJobsStack(app, await loadConfig('reports.yml'));
 *   app.synth();
 * }
 * void main();
 */
export async function loadConfig(
  file = process.env.BATCH_JOBS_CONFIG || defaultConfigFile(),
  meanwhile: Promise<unknown> = Promise.resolve(),
): Promise<LoadedConfig> {
  const path = resolve(file);
  const name = shownPath(path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    const isDefault = DEFAULT_CONFIG_FILES.includes(file);
    throw problem(name, {
      code: 'unreadable-file',
      message: stats === undefined ? `The file ${file} does not exist.` : `${file} is a folder, and not a config file.`,
      found: stats === undefined ? `no file at ${file}` : `${file}, which is a folder`,
      accepted: `a file that ends in ${ENDINGS}`,
      fix: stats === undefined ? `${isDefault ? start() : 'create it'}, or ${NAME_ANOTHER}` : NAME_ANOTHER,
    });
  }
  const { locate, texts, value, known, hints, moved } = await guarded(() => contents(path, name, meanwhile), {
    describe: (error) => faultIn(error, path),
    onExit: (finding) => console.error(problem(name, finding).message),
  }).catch((error: unknown) => {
    throw error instanceof ForeignCodeError ? problem(name, error.finding, error.place) : error;
  });
  const further: ParseOptions['further'] = (checked, found) => furtherProblems(checked, found, path);
  const config = completedConfig(value, name, { locate, texts: textsIn(texts, moved), known, moved, further });
  return { file: path, config, locate, hints, moved };
}

/** Loaded only for a file with parts that are elsewhere in the config. */
function textsIn(texts: readonly ScalarText[], moved: readonly MovedPart[]): readonly ScalarText[] {
  if (moved.length === 0) return texts;
  return (require('./config/moved-parts') as typeof import('./config/moved-parts')).movedTexts(texts, moved);
}

/** Types of packagings that newer Stacktape configs write in another way. */
const NEWER_PACKAGINGS: readonly string[] = ['js-bundle', 'buildpack'];

/** Loaded only for a config that could have such a packaging. */
function packagingsOf(config: unknown): WithPackagings {
  for (const { text } of stringsIn(config, [])) {
    if (!NEWER_PACKAGINGS.includes(text)) continue;
    const { withPackagings } = require('./config/stacktape-packaging') as typeof import('./config/stacktape-packaging');
    return withPackagings(config);
  }
  return { value: config, moved: [], findings: [] };
}

/** The problems that only construction finds. Its modules are loaded only for a config with problems. */
function furtherProblems(config: unknown, found: readonly LocatedFinding[], path: string): LocatedFinding[] {
  const { missingFiles } = require('./stack-config/missing-files') as typeof import('./stack-config/missing-files');
  const { constructionProblems } =
    require('./stack-config/construction-problems') as typeof import('./stack-config/construction-problems');
  const baseDir = dirname(path);
  const constructed = constructionProblems(config, found, (sound) => unwritten(sound, { baseDir, configFile: path }));
  const paths = new Set(constructed.map((one) => formatPath(one.path)));
  return [...constructed, ...missingFiles(config, baseDir).filter((one) => !paths.has(formatPath(one.path)))];
}

function unwritten(...given: Parameters<typeof import('./unwritten-stack').unwrittenStack>) {
  return (require('./unwritten-stack') as typeof import('./unwritten-stack')).unwrittenStack(...given);
}

/** The file's value after custom directives. Everything that runs the user's code happens here. */
async function contents(path: string, name: string, meanwhile: Promise<unknown>) {
  const { value: written, locate } = await read(path, name);
  const { value: plain, findings, texts } = plainData(written);
  const named = await identified(plain, path);
  const { value: sections, hints, moved, findings: misplaced } = withoutSections(named.value);
  const packagings = packagingsOf(sections);
  const { value, findings: failed } = await expandDirectives(packagings.value, dirname(path));
  await meanwhile;
  return {
    locate,
    texts,
    value,
    hints: [...hints, ...stageHints(value, plain, path)],
    moved: [...named.moved, ...moved, ...packagings.moved],
    known: [
      ...findings,
      ...named.findings,
      ...misplaced,
      ...packagings.findings,
      ...failed,
      ...contradictedName(value),
    ],
  };
}

const ENDINGS = '.yml, .yaml, .json, .ts, .mts, .cts, .js, .mjs or .cjs';

/** Content of a config file before the checks. */
interface RawConfig {
  readonly value: unknown;
  /** Finds the place of a path in the file. @default unknown for TypeScript and JavaScript */
  readonly locate?: ParseOptions['locate'];
}

async function read(path: string, name: string): Promise<RawConfig> {
  const extension = extname(path);
  switch (extension) {
    case '.yml':
    case '.yaml':
      return yaml().readYaml(readFileSync(path, 'utf8'), name);
    case '.json':
      return readJson(path, name);
    case '.ts':
    case '.mts':
    case '.cts':
    case '.js':
    case '.mjs':
    case '.cjs':
      return { value: await readModule(path, name) };
    default:
      throw problem(name, {
        code: 'unreadable-file',
        found: extension === '' ? 'a file without an ending' : `a file that ends in ${extension}`,
        accepted: `a file that ends in ${ENDINGS}`,
        fix: 'rename it according to its format',
      });
  }
}

/** Loaded only for YAML and JSON, since other configs need no parser. */
function yaml() {
  return require('./config/yaml') as typeof import('./config/yaml');
}

function readJson(path: string, name: string): RawConfig {
  // Some editors start the file with a byte order mark, which JSON doesn't allow.
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  try {
    JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(errorMessage(error), text);
    const finding: Finding = {
      code: 'invalid-syntax',
      message: `The file is not valid JSON: ${fault.text}`,
      found: faultText(fault),
      accepted: 'JSON',
      fix: 'correct it. JSON has no comments and no trailing commas',
    };
    throw problem(name, finding, faultPosition(fault));
  }
  return yaml().readJsonText(text, name);
}

/** The fault in a message of Node.js. Before version 22, it has only the offset of the error in characters. */
function jsonFault(message: string, json: string): Fault {
  const [, text, position] = /^(.* at position (\d+))(?: \(line \d+ column \d+\))?$/s.exec(message) ?? [];
  if (text === undefined) return { text: message };
  const lines = json.slice(0, Number(position)).split('\n');
  return { text, place: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } };
}

async function readModule(path: string, name: string): Promise<unknown> {
  const config = await defaultExport(path, name);
  if (config === undefined) {
    throw problem(name, {
      code: 'failed-config',
      message: 'The file has no default export. It must export the config as default.',
      found: 'no default export',
      accepted: 'the config as default export',
      fix: 'write `export default defineConfig({ ... })`',
    });
  }
  return config;
}

/**
 * The default export, or what it returns. `getConfig` is the name of older Stacktape configs. Awaits a promise: without top-level await,
 * this is the only way to fetch a config.
 */
async function defaultExport(path: string, name: string): Promise<unknown> {
  try {
    const { default: exported, getConfig } = await importModule(path);
    const config = await (exported ?? getConfig);
    if (typeof config !== 'function') return config;
    const { calledConfig } =
      require('./stack-config/config-function') as typeof import('./stack-config/config-function');
    return await calledConfig(config as (given: object) => unknown, (finding) => problem(name, finding));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const fault = compiledFault(faultIn(error, path), path);
    throw problem(name, moduleFinding(fault), faultPosition(fault));
  }
}

/** Start of esbuild's message for a syntax error, which tsx leaves of it. Its columns start at 0. */
const COMPILED = /^Transform failed with \d+ errors?:\n(.*?):(\d+):(\d+): ERROR: /;

/** The fault in a message of the compiler. The text keeps the path if the error is in a file that the config imports. */
function compiledFault(fault: Fault, path: string): Fault {
  const [start = '', file = '', line, before] = COMPILED.exec(fault.text) ?? [];
  if (start === '') return fault;
  const text = fault.text.slice(start.length);
  const place = { line: Number(line), column: Number(before) + 1 };
  if (resolve(file) === path) return { text, place };
  return { text: `${shownPath(resolve(file))}:${place.line}:${place.column}: ${text}` };
}

/** Classes of Stacktape's package have no name until `defineConfig` returns. */
const NAME_LATER =
  'add the resource to resources. Use its values whole, such as inbox.arn: no longer text can have one in it. ' +
  'For access to what is in the resource, add it to connectTo';

function moduleFinding(fault: Fault): Finding {
  const found = faultText(fault);
  const accepted = 'a module that loads';
  // Node.js adds what its loader did.
  const message = `The config failed to load: ${fault.text.replace(/\nRequire stack:[\s\S]*$/, '')}`;
  const finding = { code: 'failed-config', message, found, accepted } as const;
  if (/^No "exports" main defined in |^require\(\) of ES Module /.test(found)) {
    return { ...finding, fix: 'rename the config to .mts if that package is for ES modules only' };
  }
  const missing = /^Cannot find (?:module|package) '((?:@[^/'"]+\/)?[^./'"][^/'"]*)/.exec(found)?.[1];
  if (missing !== undefined && !missing.includes(':'))
    return { ...finding, fix: `install it: npm install --save-dev ${missing}` };
  if (/^Resource name not set\b/.test(found)) return { ...finding, fix: NAME_LATER };
  if (/ is not a constructor\b/.test(found))
    return { ...finding, fix: 'correct the name of the class, or update the package that it is imported from' };
  if (!/top-level await/i.test(found)) return { ...finding, fix: 'correct it' };
  return {
    ...finding,
    fix: 'rename the file to .mts, or export a promise: export default config() of an async function',
  };
}

function problem(source: string, finding: Finding, place?: Position): ConfigError {
  return new ConfigError([{ keys: [], ...(place && { place }), ...finding }], source);
}
