import { type IndexedConfig, objectOf } from '../config/indexed-config';
import type { Path } from '../config/strings-in';

/** The image that the packaging of a job names. */
export interface LocatedImage {
  readonly image: string;
  readonly path: Path;
  /** Type of the packaging. */
  readonly packaging: unknown;
}

/** The images of all jobs. */
export function images(index: IndexedConfig): LocatedImage[] {
  return index.jobs.flatMap(({ properties, path }) => {
    const { type, properties: packaging } = objectOf(objectOf(properties.container).packaging);
    const { image } = objectOf(packaging);
    const at = [...path, 'container', 'packaging', 'properties', 'image'];
    return typeof image === 'string' ? [{ image, path: at, packaging: type }] : [];
  });
}
