import type { Construct } from 'constructs';
import type { z } from 'zod';
import { type BundleProblem, bundleFunction, type FunctionBundle } from './orchestration/function-bundle';
import type { FunctionCode } from './orchestration/node-function';
import { createZippedSource } from './orchestration/zipped-source';
import { ConfigError } from './problems/config-error';
import type { bundlePackaging } from './resources/function/packaging';
import type { functionProperties } from './resources/function/schema';
import { nodeRuntime, nodeVersionIn } from './rules/lambda-runtimes';

/**
 * The code of a function: bundled now, or built already. Creates its parts directly in the scope.
 *
 * @param baseDir folder that paths of the packaging are relative to
 * @param readsSecrets whether variables get their secrets where the function starts
 * @throws ConfigError if there is none
 */
export function functionCode(
  scope: Construct,
  baseDir: string,
  { packaging, runtime }: z.output<typeof functionProperties>,
  readsSecrets: boolean,
): FunctionCode {
  if (packaging.type === 'custom-artifact' && readsSecrets) {
    const found = 'custom-artifact, and variables whose values are secrets';
    const accepted = 'code that synthesis bundles: it reads the secrets of $Secret and connectTo when it starts';
    const fix =
      'use js-bundle. Or write the name of the secret as text, and databases in existing without a password; ' +
      'iamRoleStatements let the code read the secret';
    throw new ConfigError([{ keys: ['properties', 'packaging', 'type'], found, accepted, fix }], scope.node.path);
  }
  const code =
    packaging.type === 'custom-artifact'
      ? artifact().artifactCode(scope, baseDir, packaging.properties, runtime ?? 'nodejs24.x')
      : bundledCode(scope, baseDir, packaging.properties, runtime, readsSecrets);
  if (!('problem' in code)) return code;
  const keys = ['properties', 'packaging', 'properties', ...code.keys];
  throw new ConfigError([{ keys, ...code.problem }], scope.node.path);
}

/** Loaded only for code that is built already. */
function artifact() {
  return require('./function-artifact') as typeof import('./function-artifact');
}

function bundledCode(
  scope: Construct,
  baseDir: string,
  { entryfilePath, handlerFunction, excludeDependencies, languageSpecificConfig = {} }: BundleProperties,
  runtime: unknown,
  readsSecrets: boolean,
): FunctionCode | BundleProblem {
  const { tsConfigPath, outputModuleFormat } = languageSpecificConfig;
  const nodeVersion = nodeVersionIn(runtime) ?? languageSpecificConfig.nodeVersion ?? 24;
  const [, file = '', named] = /^(.*?)(?::([\w$]+))?$/s.exec(entryfilePath) ?? [];
  if (named !== undefined && handlerFunction !== undefined && named !== handlerFunction) {
    const found = `handlerFunction ${handlerFunction}, and :${named} in entryfilePath`;
    const problem = { found, accepted: 'one name of the handler', fix: `remove it, or :${named}` };
    return { problem, keys: ['handlerFunction'] };
  }
  const given = bundleFunction(baseDir, file, {
    handlerName: named ?? handlerFunction,
    excluded: excludeDependencies,
    tsConfigPath,
    format: outputModuleFormat,
    nodeVersion,
  });
  if ('problem' in given) return given;
  const bundle = started(given, readsSecrets);
  const archive = createZippedSource(scope, bundle.text, 'function.zip', bundle.file);
  return { archive, handler: bundle.handler, runtime: nodeRuntime(nodeVersion) };
}

/** The bundle, which reads secrets before its code is loaded if there are any. */
function started(bundle: FunctionBundle, hasSecrets: boolean): FunctionBundle {
  if (!hasSecrets) return bundle;
  // Loaded only if needed.
  const { startedWithSecrets } =
    require('./container/resolver/function-start-bundle') as typeof import('./container/resolver/function-start-bundle');
  return startedWithSecrets(bundle);
}

type BundleProperties = z.output<typeof bundlePackaging>['properties'];
