import type { Packaging } from '../config/packaging';
import { ConfigError } from '../problems/config-error';
import { formatPath, type LocatedFinding, type StatedProblem } from '../problems/problem';
import type { Architecture, BuildContext, ContextResult, PackagingNote } from './build-context';
import type { MountedVolume } from './hidden-files';

/** A packaging whose image has to be built. */
export type BuiltPackaging = Exclude<Packaging, { type: 'prebuilt-image' }>;

/** The properties of a job that decide what its image contains. */
export interface ImageSource {
  readonly container: { readonly packaging: Packaging };
  readonly resources: { readonly architecture: Architecture };
  /** Volumes of the container. @default none */
  readonly volumes?: readonly MountedVolume[];
}

/** Whether an image has to be built. */
export function isBuilt(packaging: Packaging): packaging is BuiltPackaging {
  return packaging.type !== 'prebuilt-image';
}

/**
 * The build context of an image, or the reasons why there is none.
 *
 * @param baseDir folder that paths of the packaging are relative to
 * @param own paths of the config file and of what synthesis writes; they are never part of an image
 */
function buildContext(
  packaging: BuiltPackaging,
  architecture: Architecture,
  baseDir: string,
  own: readonly string[] = [],
): ContextResult {
  // Only the packaging that is needed is loaded.
  switch (packaging.type) {
    case 'custom-dockerfile': {
      const { customDockerfileContext } = require('./custom-dockerfile') as typeof import('./custom-dockerfile');
      return customDockerfileContext(packaging.properties, architecture, baseDir, own);
    }
    case 'stacktape-image-buildpack': {
      const { imageBuildpackContext } = require('./image-buildpack') as typeof import('./image-buildpack');
      return imageBuildpackContext(packaging.properties, architecture, baseDir, own);
    }
    case 'external-buildpack': {
      const { externalBuildpackContext } = require('./external-buildpack') as typeof import('./external-buildpack');
      return externalBuildpackContext(packaging.properties, architecture, baseDir, own);
    }
  }
}

/**
 * The build context of a job whose image has to be built. Undefined for a prebuilt image.
 *
 * @throws ConfigError with every problem of the packaging
 */
export function jobContext(
  source: ImageSource,
  baseDir: string,
  path: string,
  own: readonly string[] = [],
): BuildContext | undefined {
  const { packaging } = source.container;
  if (!isBuilt(packaging)) return undefined;
  const result = buildContext(packaging, source.resources.architecture, baseDir, own);
  if (!('context' in result)) throw new ConfigError(located(result, []), path);
  const { notes, problems } = hidden(result.context, packaging, source.volumes);
  if (problems.length > 0) throw new ConfigError(problemsAt([], problems), path);
  return noted(result.context, notes);
}

/** Loaded only for an image that is built. */
function hidden(...given: Parameters<typeof import('./hidden-files').hiddenFiles>) {
  const { hiddenFiles } = require('./hidden-files') as typeof import('./hidden-files');
  return hiddenFiles(...given);
}

/** The parts of a resource in the config that matter for images. */
type Resource = { readonly type: 'batch-job'; readonly properties: ImageSource } | { readonly type: string };

/**
 * The contexts of all jobs of a config whose images have to be built, by name.
 *
 * @throws ConfigError with the problems of all jobs in one report
 */
export function buildContexts(
  resources: { readonly [name: string]: Resource },
  baseDir: string,
  source: string,
  own: readonly string[] = [],
): Map<string, BuildContext> {
  const contexts = new Map<string, BuildContext>();
  const problems: StatedProblem[] = [];
  for (const [name, resource] of Object.entries(resources)) {
    if (!('properties' in resource) || resource.type !== 'batch-job') continue;
    const { container, resources, volumes } = resource.properties;
    if (!isBuilt(container.packaging)) continue;
    const result = buildContext(container.packaging, resources.architecture, baseDir, own);
    const base = ['resources', name, 'properties'];
    if ('context' in result) {
      const { notes, problems: covered } = hidden(result.context, container.packaging, volumes);
      contexts.set(name, noted(result.context, notes));
      problems.push(...problemsAt(base, covered));
    } else problems.push(...located(result, base));
  }
  if (problems.length > 0) throw new ConfigError(problems, source);
  return contexts;
}

/**
 * The notes of several jobs' packagings, without duplicates: jobs in the same folder have the same notes.
 *
 * @param base returns the path of a job's properties, by the job's name
 */
export function contextNotes(
  contexts: ReadonlyMap<string, BuildContext>,
  base: (job: string) => readonly string[],
): { readonly property: string; readonly message: string }[] {
  const notes = new Map<string, string>();
  for (const [job, context] of contexts) {
    for (const { property, message } of context.notes ?? []) {
      if (!notes.has(message)) notes.set(message, formatPath(propertyPath(base(job), property)));
    }
  }
  return [...notes].map(([message, property]) => ({ property, message }));
}

function noted(context: BuildContext, notes: readonly PackagingNote[]): BuildContext {
  return notes.length === 0 ? context : { ...context, notes: [...(context.notes ?? []), ...notes] };
}

function problemsAt(base: readonly string[], found: readonly LocatedFinding[]): StatedProblem[] {
  return found.map(({ path, finding }) => ({
    code: 'invalid-value',
    keys: [...base, ...path],
    ...finding,
  }));
}

function propertyPath(base: readonly string[], property: readonly (string | number)[]): (string | number)[] {
  return [...base, 'container', 'packaging', 'properties', ...property];
}

function located({ problems }: Exclude<ContextResult, { context: unknown }>, base: readonly string[]): StatedProblem[] {
  return problems.map(({ property, ...finding }) => ({
    code: 'invalid-packaging' as const,
    keys: propertyPath(base, property),
    ...finding,
  }));
}
