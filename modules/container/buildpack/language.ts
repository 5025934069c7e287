import type { Packaging } from '../../config/packaging';
import type { Distribution } from '../../rules/base-images';
import type { Architecture, ContextResult, PackagingProblem } from '../build-context';

/** Properties of a packaging with an entry file. */
export type BuildpackProperties = Extract<Packaging, { type: 'stacktape-image-buildpack' }>['properties'];

/** The input of a language's image builder. */
export interface BuildpackSource {
  readonly properties: BuildpackProperties;
  readonly architecture: Architecture;
  /** Absolute path of the folder that paths are relative to. */
  readonly baseDir: string;
  /** Absolute path of the entry file, which exists. */
  readonly entry: string;
  /** The object in the entry file that is called, such as `run` in `report.py:run`. @default the file is run */
  readonly object?: string;
  /** Absolute paths of the config file and of what synthesis writes. They are excluded unless `includeFiles` names them. @default none */
  readonly own?: readonly string[];
  /** Distribution of the job's image and of the stage that installs its packages. */
  readonly distribution: Distribution;
  /** Names of the build secrets, sorted. */
  readonly secrets: readonly string[];
}

/** Creates the build context of images in one language. */
export type Language = (source: BuildpackSource) => ContextResult;

/** A problem below `languageSpecificConfig`. */
export function languageProblem(property: string, finding: Omit<PackagingProblem, 'property'>): PackagingProblem {
  return { property: ['languageSpecificConfig', property], ...finding };
}
