import { isToken } from '../config/checked';
import type { Packaging } from '../config/packaging';
import { foundValue } from '../problems/found';
import type { LocatedFinding } from '../problems/problem';
import type { BuildContext, PackagingNote } from './build-context';
import { copiedFiles } from './copied-files';

/** A volume of a container. */
export interface MountedVolume {
  readonly properties: { readonly mountPath: string };
}

/**
 * The files of an image that volumes hide. In an image whose Dockerfile is generated, they are the job's code: a problem. Your own Dockerfile
 * can copy files that should be hidden, such as samples: a note.
 */
export function hiddenFiles(
  context: BuildContext,
  { type }: Packaging,
  volumes: readonly MountedVolume[] = [],
): { readonly problems: readonly LocatedFinding[]; readonly notes: readonly PackagingNote[] } {
  const problems: LocatedFinding[] = [];
  const notes: PackagingNote[] = [];
  const paths = volumes.length === 0 ? [] : copiedFiles(context);
  for (const [index, { properties }] of volumes.entries()) {
    const { mountPath } = properties;
    if (isToken(mountPath)) continue;
    const hidden = paths.filter((path) => path === mountPath || path.startsWith(`${mountPath}/`)).sort();
    const [first = ''] = hidden;
    if (hidden.length === 0) continue;
    const count = hidden.length === 1 ? first : `${first} and ${hidden.length - 1} more`;
    if (type === 'stacktape-image-buildpack') {
      const finding = {
        found: foundValue(mountPath, `, which hides ${count} of the image`),
        accepted: "a path without files of the job's image",
        fix: 'use a path such as /data, or leave these files out with excludeFiles',
      };
      problems.push({ path: ['volumes', index, 'properties', 'mountPath'], finding });
    } else {
      const property = type === 'external-buildpack' ? 'sourceDirectoryPath' : 'buildContextPath';
      const message = `volumes[${index}] at ${mountPath} hides ${count} of the image`;
      notes.push({ property: [property], message });
    }
  }
  return { problems, notes };
}
