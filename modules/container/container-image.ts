import type { Packaging } from '../config/packaging';
import type { ContainerImage } from './image';
import { prebuiltImage } from './prebuilt-image';

/** The image of a job, by the type of its packaging. */
export function containerImage(packaging: Packaging, partition: string): ContainerImage {
  switch (packaging.type) {
    case 'prebuilt-image':
      return prebuiltImage(packaging, partition);
    default:
      throw new Error(`no image for packaging of type ${packaging.type}`);
  }
}
