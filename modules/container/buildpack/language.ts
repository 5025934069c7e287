import type { Packaging } from '../../config/packaging';
import type { Distribution } from '../../rules/base-images';
import type { Architecture, ContextResult, PackagingProblem } from '../build-context';

/** Properties of a packaging that starts from an entry file. */
export type BuildpackProperties = Extract<Packaging, { type: 'stacktape-image-buildpack' }>['properties'];

/** What a language gets to make a context of. */
export interface BuildpackSource {
  readonly properties: BuildpackProperties;
  readonly architecture: Architecture;
  /** Folder that paths are relative to, absolute. */
  readonly baseDir: string;
  /** The entry file, absolute; it is there. */
  readonly entry: string;
  /** Absolute paths of the config's file and of what synthesis writes: they stay out of the image unless `includeFiles` names them. @default none */
  readonly own?: readonly string[];
  /** Of the job's image and of the stage that installs its packages. */
  readonly distribution: Distribution;
  /** Names of the build secrets, sorted. */
  readonly secrets: readonly string[];
}

/** Makes the context of images in one language. */
export type Language = (source: BuildpackSource) => ContextResult;

/** A problem below `languageSpecificConfig`. */
export function languageProblem(property: string, finding: Omit<PackagingProblem, 'property'>): PackagingProblem {
  return { property: ['languageSpecificConfig', property], ...finding };
}
