import type { Architecture } from './build-context';
import { buildVariables, declare, expanded, instructions } from './dockerfile-text';

/**
 * Images that a Dockerfile names to be pulled: after `FROM`, after `--from=` of COPY and of mounts, and its own `# syntax=`. What a build argument
 * without a value decides is left out. Stages of the Dockerfile's own are in it too: nobody mistakes them for images of a registry.
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
