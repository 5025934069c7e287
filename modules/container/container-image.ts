import type { Packaging } from '../config/packaging';
import type { BuildContext } from './build-context';
import { isBuilt } from './build-plan';
import type { ImageBuilds } from './builder/image-builds';
import type { ContainerImage } from './image';

export interface ImageOptions {
  readonly partition: string;
  /** Name of the job. */
  readonly job: string;
  /** Build context of the image, if the stack builds it. */
  readonly context?: BuildContext;
  /** Called only if the stack builds the image. */
  readonly builds: () => ImageBuilds;
}

/** The image of a job, depending on its packaging's type. */
export function containerImage(
  packaging: Packaging,
  { partition, job, context, builds }: ImageOptions,
): ContainerImage {
  if (!isBuilt(packaging)) {
    // Loaded only if needed.
    const { prebuiltImage } = require('./prebuilt-image') as typeof import('./prebuilt-image');
    return prebuiltImage(packaging, partition);
  }
  if (context === undefined) throw new Error(`no context for packaging of type ${packaging.type}`);
  return builds().image(context, job);
}
