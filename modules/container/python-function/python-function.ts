import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { formatFound, foundValue } from '../../problems/found';
import type { Finding } from '../../problems/problem';
import { baseRelease } from '../../rules/base-images';
import { PYTHON_VERSIONS, type PythonVersion, pythonRuntime, pythonVersionIn } from '../../rules/lambda-runtimes';
import { type Architecture, type PackagingProblem, sortedFiles } from '../build-context';
import { chooseVersion } from '../buildpack/chosen-version';
import { type BuildpackSource, languageProblem } from '../buildpack/language';
import { project } from '../buildpack/project';
import { mayBring } from '../buildpack/python/distribution-names';
import { elsewhere } from '../buildpack/python/elsewhere';
import { entryTarget } from '../buildpack/python/entry';
import { foreignModules } from '../buildpack/python/imports';
import { installationOf } from '../buildpack/python/install';
import { findManifest, type Manifest } from '../buildpack/python/manifest';
import { versionRequirements } from '../buildpack/python/python-version';
import { normalName } from '../buildpack/python/requirement';
import { standardModules } from '../buildpack/python/standard-library';
import { pathProblem, realPath, textEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { installFunctionPackages } from './packages';
import { functionRequirements } from './requirements';

/** What makes a Python function. */
export interface PythonFunctionSource {
  /** Folder that paths are relative to. */
  readonly baseDir: string;
  /** Absolute paths of the config file and of what synthesis writes. @default none */
  readonly own?: readonly string[];
  /** The file, relative to the folder. */
  readonly file: string;
  /** Name of the handler. */
  readonly handlerName: string;
  /** Name of the runtime, if the config has one. */
  readonly runtime?: string;
  readonly pythonVersion?: string | number;
  readonly packageManagerFile?: string;
  readonly excludeDependencies?: readonly string[];
  readonly architecture: Architecture;
  /** Whether variables get their secrets where the function starts. */
  readonly readsSecrets: boolean;
}

/** What a Python function runs. */
export interface PythonFunction {
  /** The files of the zip, sorted. */
  readonly files: readonly TarEntry[];
  /** As Lambda writes it. */
  readonly handler: string;
  readonly runtime: string;
}

type Problems = { readonly problems: readonly PackagingProblem[] };

/** Modules that Lambda's Python has in addition to the standard library: the AWS SDK and what it needs. */
const OF_RUNTIME = ['boto3', 'botocore', 's3transfer', 'jmespath', 'dateutil', 'urllib3', 'six', 'awslambdaric'];

/** Bytes of a function's code, unzipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 262_144_000;

/** The project of a Python file, and its packages for Lambda. */
export function pythonFunction(given: PythonFunctionSource): PythonFunction | Problems {
  const { handlerName, architecture, packageManagerFile } = given;
  const source = sourceOf(given);
  const missing = pathProblem(given.file, source.entry, 'file') ?? handlerProblem(source.entry, handlerName);
  if (missing !== undefined) return atEntry(missing);
  const found = findManifest(source);
  const located = (finding: Finding): Problems =>
    packageManagerFile === undefined
      ? atEntry(finding)
      : { problems: [languageProblem('packageManagerFile', finding)] };
  if ('problem' in found) return located(found.problem);
  const { manifest } = found;
  const version = versionOf(given, source, manifest);
  if ('problems' in version) return version;
  const target = { version: baseRelease('Python', version.minor), architecture };
  const installation = installationOf(manifest, source.properties.languageSpecificConfig ?? {}, target, []);
  const [problem] = installation.problems ?? [];
  if (problem !== undefined) return located(problem);
  const sent = project(source, manifest.folder, { leftOut: ['**/*.egg-info', '**/__pypackages__', '**/.pdm-build'] });
  if ('problems' in sent) return sent;
  const start = entryTarget(source, sent, '');
  if (start.problem !== undefined) return atEntry(start.problem);
  const requirements = functionRequirements(manifest, installation);
  if (requirements !== undefined && 'problem' in requirements) return located(requirements.problem);
  const platform = { version: version.minor, architecture };
  const packages =
    requirements === undefined ? [] : installFunctionPackages(requirements, platform, given.excludeDependencies);
  if ('problem' in packages) return located(packages.problem);
  const folders = [...(start.own === undefined ? [] : [start.own]), ...start.searched].map((one) => one || '.');
  const brought = new Set([
    ...OF_RUNTIME,
    ...standardModules(version.minor),
    ...packages.map(({ path }) => topOf(path)),
  ]);
  const excluded = new Set((given.excludeDependencies ?? []).map(normalName));
  const unmet = (foreignModules({ files: sent.files, entry: sent.entry, folders }) ?? []).filter(
    ({ module, when }) =>
      when === 'sure' && !brought.has(module) && !module.startsWith('_') && !mayBring(module, excluded),
  );
  if (unmet.length > 0) {
    return {
      problems: unmet.map(({ file, module }) => ({
        property: ['entryfilePath'],
        found: `${formatFound(file)} imports ${formatFound(module)}, which neither the project nor a declared package has`,
        accepted: 'imports of the standard library, of boto3, of the project, and of declared packages',
        fix: `${elsewhere(manifest.folder, module)}. If a layer has it, name it in excludeDependencies`,
      })),
    };
  }
  // The start program is needed only if modules are searched in further folders, or if there are secrets.
  const module = start.words[0] === '-m' ? (start.words[1] ?? '') : posix.basename(sent.entry, '.py');
  const direct = !given.readsSecrets && folders.every((folder) => folder === '.');
  const started = direct ? [] : [textEntry('stp_function.py', startText(folders, module, handlerName))];
  // The project's own files have precedence over those of packages, as where Python runs a file.
  const files = new Map([...packages, ...sent.files, ...started].map((file) => [file.path, file]));
  const bytes = [...files.values()].reduce(
    (sum, { content }) => sum + (Buffer.isBuffer(content) ? content.length : content.size),
    0,
  );
  if (bytes > MOST_BYTES) return atEntry(tooLarge(bytes));
  return {
    files: sortedFiles([...files.values()]),
    handler: direct ? `${module.replaceAll('.', '/')}.${handlerName}` : `stp_function.${'handler'}`,
    runtime: pythonRuntime(version.minor),
  };
}

/** The function as the image's packaging sees it, whose rules about projects and manifests are the same. */
function sourceOf({
  baseDir: folder,
  own,
  file,
  architecture,
  pythonVersion,
  packageManagerFile,
}: PythonFunctionSource) {
  const baseDir = realPath(folder);
  return {
    properties: { entryfilePath: file, languageSpecificConfig: { pythonVersion, packageManagerFile } },
    architecture,
    baseDir,
    entry: resolve(baseDir, file),
    own,
    distribution: 'debian',
    secrets: [],
  } as const satisfies BuildpackSource;
}

function atEntry(finding: Finding): Problems {
  return { problems: [{ property: ['entryfilePath'], ...finding }] };
}

function handlerProblem(entry: string, name: string): Finding | undefined {
  const stem = posix.basename(entry, '.py');
  if (stem.includes('.')) {
    const fix = 'rename the file';
    return { found: `${formatFound(`${stem}.py`)}, a name with two dots`, accepted: 'the name of a module', fix };
  }
  const text = readFileSync(entry, 'utf8');
  if (new RegExp(`(?<![\\w.])${name.replace(/\W/g, '\\$&')}\\b`).test(text) || /import\s+\*/.test(text))
    return undefined;
  const found = foundValue(`${stem}.py`, `: nothing in the file is called ${formatFound(name)}`);
  const fix = `write \`def ${name}(event, context):\`, or name the function: ${stem}.py:<function>`;
  return { found, accepted: 'a file with the function that Lambda calls', fix };
}

/** The version in the config, else the project's, else the default. */
function versionOf(
  { runtime, pythonVersion }: PythonFunctionSource,
  source: BuildpackSource,
  manifest: Manifest,
): { readonly minor: PythonVersion } | Problems {
  const value = pythonVersionIn(runtime) ?? pythonVersion;
  const { asked, declared } = versionRequirements(source, manifest);
  const chosen = chooseVersion(
    'Python',
    source.distribution,
    { name: 'pythonVersion', value },
    [...asked, ...declared],
    {
      offered: PYTHON_VERSIONS,
      otherwise: 'build an image, and use a batch-job',
    },
  );
  if ('finding' in chosen) {
    return chosen.ofSetting
      ? { problems: [languageProblem('pythonVersion', chosen.finding)] }
      : atEntry(chosen.finding);
  }
  const minor = PYTHON_VERSIONS.find((one) => one === chosen.version);
  if (minor === undefined) throw new Error(`no runtime for Python ${chosen.version}`);
  return { minor };
}

function topOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\..*$/, '');
}

/** The start program, with the handler that Lambda calls. */
function startText(folders: readonly string[], module: string, name: string): string {
  const program = readFileSync(join(__dirname, 'function_start.py'), 'utf8');
  const words = [JSON.stringify(folders), JSON.stringify(module), JSON.stringify(name)];
  return `${program}\n\nhandler = load(${words.join(', ')})\n`;
}

function tooLarge(bytes: number): Finding {
  const mib = (size: number) => `${Math.ceil(size / 1024 ** 2)} MiB`;
  return {
    found: `${mib(bytes)} of code and packages`,
    accepted: `at most ${mib(MOST_BYTES)}, the maximum of Lambda`,
    fix: 'leave out packages that the code does not need, or use a batch-job, whose image can be larger',
  };
}
