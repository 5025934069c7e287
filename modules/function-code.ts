import { resolve } from 'node:path';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { DoubtedPackage } from './function-packages';
import { type BundleProblem, bundleFunction, type FunctionBundle } from './orchestration/function-bundle';
import type { FunctionCode } from './orchestration/node-function';
import { createZippedSource } from './orchestration/zipped-source';
import { ConfigError } from './problems/config-error';
import { type bundlePackaging, isPython } from './resources/function/packaging';
import type { functionProperties } from './resources/function/schema';
import { nodeRuntime, nodeVersionIn } from './rules/lambda-runtimes';
import { ownFiles } from './terraform/own-files';

/** Where a function's code is. */
export interface FunctionFolder {
  /** Folder that paths of the packaging are relative to. */
  readonly baseDir: string;
  /** Absolute paths of the config file and of what synthesis writes. @default only the latter */
  readonly ownFiles?: readonly string[];
}

/** Code, and what is said about it. */
export interface MadeCode extends FunctionCode {
  /** Packages in its bundle that might not work there. @default none */
  readonly doubted?: readonly DoubtedPackage[];
}

/**
 * The code of a function: bundled now, or built already. Creates its parts directly in the scope.
 *
 * @param readsSecrets whether variables get their secrets where the function starts
 * @throws ConfigError if there is none
 */
export function createFunctionCode(
  scope: Construct,
  folder: FunctionFolder,
  properties: Properties,
  readsSecrets: boolean,
): MadeCode {
  const { packaging, runtime } = properties;
  if (packaging.type === 'custom-artifact' && readsSecrets) {
    const found = 'custom-artifact, and variables whose values are secrets';
    const accepted = 'code that synthesis bundles: it reads the secrets of $Secret and connectTo when it starts';
    const fix =
      'use stacktape-lambda-buildpack. Or write the name of the secret as text, and databases in existing without a password; ' +
      'iamRoleStatements let the code read the secret';
    throw new ConfigError([{ keys: ['properties', 'packaging', 'type'], found, accepted, fix }], scope.node.path);
  }
  const code =
    packaging.type === 'custom-artifact'
      ? artifact().createArtifactCode(scope, folder.baseDir, packaging.properties, runtime ?? 'nodejs24.x')
      : builtCode(scope, folder, properties, packaging.properties, readsSecrets);
  const keys = ['properties', 'packaging', 'properties'];
  if ('problems' in code) {
    const located = code.problems.map(({ property, ...problem }) => ({ ...problem, keys: [...keys, ...property] }));
    throw new ConfigError(located, scope.node.path);
  }
  if (!('problem' in code)) return code;
  throw new ConfigError([{ keys: [...keys, ...code.keys], ...code.problem }], scope.node.path);
}

/** The code of an entry file, by the file's language. */
function builtCode(
  scope: Construct,
  folder: FunctionFolder,
  { runtime, architecture }: Properties,
  packaging: BundleProperties,
  readsSecrets: boolean,
) {
  const { entryfilePath, handlerFunction, excludeDependencies, languageSpecificConfig } = packaging;
  const [, file = '', named] = /^(.*?)(?::([\w$]+))?$/s.exec(entryfilePath) ?? [];
  if (named !== undefined && handlerFunction !== undefined && named !== handlerFunction) {
    const found = `handlerFunction ${handlerFunction}, and :${named} in entryfilePath`;
    const problem = { found, accepted: 'one name of the handler', fix: `remove it, or :${named}` };
    return { problem, keys: ['handlerFunction'] };
  }
  const handlerName = named ?? handlerFunction;
  if (!isPython(entryfilePath)) {
    return bundledCode(
      scope,
      folder.baseDir,
      { ...packaging, entryfilePath: file, handlerName },
      runtime,
      readsSecrets,
    );
  }
  // Loaded only if needed.
  const { createPythonCode } = require('./function-python') as typeof import('./function-python');
  const { pythonVersion, packageManagerFile } = languageSpecificConfig ?? {};
  return createPythonCode(scope, {
    baseDir: folder.baseDir,
    own: folder.ownFiles ?? ownFiles(scope),
    file,
    handlerName: handlerName ?? 'handler',
    runtime,
    pythonVersion,
    packageManagerFile,
    excludeDependencies,
    architecture,
    readsSecrets,
  });
}

/** Loaded only for code that is built already. */
function artifact() {
  return require('./function-artifact') as typeof import('./function-artifact');
}

function bundledCode(
  scope: Construct,
  baseDir: string,
  {
    entryfilePath,
    handlerName,
    excludeDependencies,
    languageSpecificConfig = {},
  }: BundleProperties & { readonly handlerName?: string },
  runtime: unknown,
  readsSecrets: boolean,
): MadeCode | BundleProblem {
  const { tsConfigPath, outputModuleFormat } = languageSpecificConfig;
  const nodeVersion = nodeVersionIn(runtime) ?? languageSpecificConfig.nodeVersion ?? 24;
  const given = bundleFunction(baseDir, entryfilePath, {
    handlerName,
    excluded: excludeDependencies,
    tsConfigPath,
    format: outputModuleFormat,
    nodeVersion,
  });
  if ('problem' in given) return given;
  const bundle = started(given, readsSecrets);
  const archive = createZippedSource(scope, bundle.text, 'function.zip', bundle.file);
  return { archive, handler: bundle.handler, runtime: nodeRuntime(nodeVersion), doubted: doubtsOf(given, baseDir) };
}

/** Loaded only for a bundle with packages. */
function doubtsOf({ inputs = [] }: FunctionBundle, baseDir: string): readonly DoubtedPackage[] {
  if (!inputs.some((file) => file.includes('node_modules'))) return [];
  return (require('./function-packages') as typeof import('./function-packages')).doubtedPackages(
    inputs.map((path) => resolve(baseDir, path)),
  );
}

/** The bundle, which reads secrets before its code is loaded if there are any. */
function started(bundle: FunctionBundle, hasSecrets: boolean): FunctionBundle {
  if (!hasSecrets) return bundle;
  // Loaded only if needed.
  const { startedWithSecrets } =
    require('./container/resolver/function-start-bundle') as typeof import('./container/resolver/function-start-bundle');
  return startedWithSecrets(bundle);
}

type Properties = z.output<typeof functionProperties>;

type BundleProperties = z.output<typeof bundlePackaging>['properties'];
