import { extname, resolve } from 'node:path';
import { foundValue } from '../problems/found';
import type { Architecture, ContextResult } from './build-context';
import { buildSecrets } from './build-secrets';
import { entryPoint } from './buildpack/entry-point';
import type { BuildpackProperties, Language } from './buildpack/language';
import { foreignSettings } from './buildpack/settings';
import { distributionOf, packageProblems } from './buildpack/system-packages';
import { pathProblem, realPath } from './source-files';

const javascript = () => (require('./buildpack/javascript') as typeof import('./buildpack/javascript')).javascript;

/**
 * The builder of each language, and the language's name, by file extension. Loaded when a job needs it, because each language loads parsers for
 * its package managers' files.
 */
const LANGUAGES: { readonly [ending: string]: readonly [name: string, load: () => Language] } = {
  ...Object.fromEntries(
    ['.js', '.jsx', '.cjs', '.mjs', '.ts', '.tsx', '.cts', '.mts'].map((ending) => [
      ending,
      ['JavaScript', javascript],
    ]),
  ),
  '.py': ['Python', () => (require('./buildpack/python') as typeof import('./buildpack/python')).python],
  '.go': ['Go', () => (require('./buildpack/go') as typeof import('./buildpack/go')).go],
  '.java': ['Java', () => (require('./buildpack/java') as typeof import('./buildpack/java')).java],
  '.rb': ['Ruby', () => (require('./buildpack/ruby') as typeof import('./buildpack/ruby')).ruby],
  '.php': ['PHP', () => (require('./buildpack/php') as typeof import('./buildpack/php')).php],
  '.cs': ['.NET', () => (require('./buildpack/dotnet') as typeof import('./buildpack/dotnet')).dotnet],
};

/** The build context for an entry file. The file extension selects the language. */
export function imageBuildpackContext(
  properties: BuildpackProperties,
  architecture: Architecture,
  folder: string,
  own: readonly string[] = [],
): ContextResult {
  const { entryfilePath } = properties;
  const baseDir = realPath(folder);
  const { path, object } = entryPoint(entryfilePath);
  const [name, load] = LANGUAGES[extname(path).toLowerCase()] ?? [];
  if (name === undefined || load === undefined) {
    const accepted = `a file that ends in ${Object.keys(LANGUAGES).join(', ')}`;
    // Other JVM languages are compiled as part of a Java project, and called from it.
    const ownJvm = /\.(kts?|scala|groovy|clj)$/i.test(path);
    const start = ownJvm ? 'set a Java class whose main method calls it' : 'set the file that the job starts with';
    const fix = `${start}, or write a Dockerfile and use custom-dockerfile`;
    return { problems: [{ property: ['entryfilePath'], found: foundValue(entryfilePath), accepted, fix }] };
  }
  const entry = resolve(baseDir, path);
  const missing = pathProblem(entryfilePath, entry, 'file');
  const needs = buildSecrets(properties.buildSecrets);
  const secrets = needs.secrets.map((secret) => secret.name);
  const distribution = distributionOf(name, properties);
  const problems = [
    ...(missing === undefined ? [] : [{ property: ['entryfilePath'], ...missing }]),
    ...foreignSettings(properties, name),
    ...packageProblems(properties, distribution, name),
    ...needs.problems,
  ];
  if (problems.length > 0) return { problems };
  const result = load()({ properties, architecture, baseDir, entry, object, own, distribution, secrets });
  return 'problems' in result ? result : { context: { ...result.context, secrets: needs.secrets } };
}
