import { resolve } from 'node:path';
import { indexed } from '../config/indexed-config';
import { asObject, valueAt } from '../config/value-at';
import { entryPoint } from '../container/buildpack/entry-point';
import { pathProblem } from '../container/source-files';
import { missingArtifact } from '../function-artifact';
import { missingEntry } from '../orchestration/function-bundle';
import type { Finding, LocatedFinding } from '../problems/problem';
import { isPython } from '../resources/function/packaging';

/** The problem with a path in a packaging. Undefined if there is what it leads to. */
type PathCheck = (baseDir: string, given: string) => Finding | undefined;

/** Properties of the packaging of a job that lead to its code. */
const OF_JOBS: { readonly [property: string]: PathCheck } = {
  entryfilePath: (baseDir, given) => pathProblem(given, resolve(baseDir, entryPoint(given).path), 'file'),
  buildContextPath: isFolder,
  sourceDirectoryPath: isFolder,
};

/** Properties of the packaging of a function that lead to its code. */
const OF_FUNCTIONS: { readonly [property: string]: PathCheck } = {
  entryfilePath: (baseDir, given) => {
    const file = given.replace(/:[\w$]+$/, '');
    return isPython(given) ? pathProblem(file, resolve(baseDir, file), 'file') : missingEntry(baseDir, file);
  },
  packagePath: missingArtifact,
};

function isFolder(baseDir: string, given: string): Finding | undefined {
  return pathProblem(given, resolve(baseDir, given), 'folder');
}

/**
 * The files and folders of code that are missing, in a config that has other problems: no image of it is planned, and no code bundled, so
 * nothing else says so.
 *
 * @param baseDir folder that paths are relative to
 */
export function missingFiles(config: unknown, baseDir: string): LocatedFinding[] {
  return [...indexed(asObject(config)).resources.values()].flatMap((resource) => {
    const isJob = resource.type === 'batch-job';
    const packaging = isJob ? ['container', 'packaging'] : ['packaging'];
    const checks = isJob ? OF_JOBS : resource.type === 'function' ? OF_FUNCTIONS : {};
    return Object.entries(checks).flatMap(([property, check]) => {
      const path = [...packaging, 'properties', property];
      const given = valueAt(resource.properties, path);
      const problem = typeof given === 'string' && given !== '' ? check(baseDir, given) : undefined;
      if (problem === undefined) return [];
      const finding: Finding = { ...(isJob && { code: 'invalid-packaging' }), ...problem };
      return [{ path: [...resource.path, ...path], finding }];
    });
  });
}
