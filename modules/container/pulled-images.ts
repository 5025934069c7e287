import type { Architecture } from './build-context';
import { buildVariables, declare, expanded, instructions } from './dockerfile-text';

/**
 * Images that a Dockerfile pulls: in `FROM`, in `--from=` of COPY and mounts, and in `# syntax=`. Names that depend on a build argument without
 * a value are omitted. Names of the Dockerfile's stages are included, but can't be mistaken for images of a registry.
 *
 * @see https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
export function pulledImages(
  dockerfile: string,
  buildArgs: readonly (readonly [name: string, value: string])[],
  architecture: Architecture,
): string[] {
  const variables = buildVariables(buildArgs, architecture);
  const { values } = variables;
  const images: (string | undefined)[] = [/^#\s*syntax\s*=\s*(\S+)/im.exec(dockerfile.split(/\n(?!#)/)[0] ?? '')?.[1]];
  for (const { name: instruction, rest } of instructions(dockerfile)) {
    if (instruction === 'ARG') declare(rest, variables);
    if (instruction === 'FROM') images.push(expanded(/^(?:--\S+\s+)*(\S+)/.exec(rest)?.[1] ?? '', values));
    if (instruction === 'COPY' || instruction === 'ADD' || instruction === 'RUN') {
      for (const [, image = ''] of rest.matchAll(/(?:--from=|--mount=\S*?\bfrom=)([^\s,]+)/g)) {
        images.push(expanded(image, values));
      }
    }
  }
  return [...new Set(images.filter((image) => image !== undefined))];
}
