import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssetType, Fn, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { FunctionCode } from './orchestration/node-function';
import { createZippedFolder } from './orchestration/zipped-source';
import { foundValue } from './problems/found';
import type { Finding } from './problems/problem';
import type { artifactPackaging } from './resources/function/packaging';
import { nodeVersionIn, type Runtime } from './rules/lambda-runtimes';

type Properties = z.output<typeof artifactPackaging>['properties'];

/** Why an artifact cannot be used, and the property of the packaging that is wrong. */
export interface ArtifactProblem {
  readonly problem: Finding;
  readonly keys: readonly string[];
}

/** Code that is built already: a zip as it is, or a folder or a file, which Terraform zips. Creates its parts directly in the scope. */
export function createArtifactCode(
  scope: Construct,
  baseDir: string,
  { packagePath, handler = 'bootstrap' }: Properties,
  runtime: Runtime,
): FunctionCode | ArtifactProblem {
  const missing = missingArtifact(baseDir, packagePath);
  if (missing !== undefined) return { problem: missing, keys: ['packagePath'] };
  const path = resolve(baseDir, packagePath);
  const stats = statSync(path);
  const called = lambdaHandler(handler);
  if (stats.isDirectory() && !hasFile(path, called, runtime)) {
    const found = foundValue(handler, `: ${packagePath} has no such file`);
    const accepted = 'a file of the package and its function, such as index.js:handler';
    const fix = 'correct the path: it is relative to packagePath';
    return { problem: { found, accepted, fix }, keys: ['handler'] };
  }
  const type = stats.isDirectory() ? AssetType.DIRECTORY : AssetType.FILE;
  const asset = new TerraformAsset(scope, 'Package', { path, type });
  if (stats.isFile() && packagePath.endsWith('.zip')) {
    return {
      archive: { outputPath: asset.path, outputBase64Sha256: Fn.filebase64sha256(asset.path) },
      handler: called,
      runtime,
    };
  }
  const content = stats.isDirectory() ? { sourceDir: asset.path } : { sourceFile: asset.path };
  return { archive: createZippedFolder(scope, content), handler: called, runtime };
}

/** The problem with the path of an artifact, if nothing is there. */
export function missingArtifact(baseDir: string, packagePath: string): Finding | undefined {
  const path = resolve(baseDir, packagePath);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !(stats.isDirectory() && readdirSync(path).length === 0)) return undefined;
  const found = foundValue(packagePath, stats === undefined ? ': no such file' : ': an empty folder');
  const accepted = 'the path of a folder, a file or a .zip';
  const fix = "build it before synthesis, or correct the path: it is relative to the config's folder";
  return { found, accepted, fix };
}

/** `lib/index.js:handler` is `lib/index.handler` for Lambda. */
function lambdaHandler(written: string): string {
  const [, file, name] = /^(.*[^:]):([\w$]+)$/s.exec(written) ?? [];
  return file === undefined ? written : `${file.replace(/^\.\//, '').replace(/\.([cm]?js|py|rb)$/, '')}.${name}`;
}

/** Endings of the files with handlers, by the start of the runtime's name. Handlers of other runtimes name no file. */
const ENDINGS: readonly (readonly [start: string, endings: readonly string[]])[] = [
  ['python', ['.py']],
  ['ruby', ['.rb']],
];

function hasFile(folder: string, handler: string, runtime: Runtime): boolean {
  const endings =
    nodeVersionIn(runtime) === undefined
      ? ENDINGS.find(([start]) => runtime.startsWith(start))?.[1]
      : ['.js', '.mjs', '.cjs'];
  if (runtime.startsWith('provided')) return existsSync(join(folder, 'bootstrap'));
  const stem = handler.slice(0, handler.lastIndexOf('.'));
  return endings === undefined || endings.some((ending) => existsSync(join(folder, `${stem}${ending}`)));
}
