import { type Architecture, PLATFORMS } from './build-context';

type Values = Map<string, string>;

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
  const [os = '', arch = ''] = PLATFORMS[architecture].split('/');
  const given: Values = new Map(buildArgs);
  const platform = { TARGETPLATFORM: PLATFORMS[architecture], TARGETOS: os, TARGETARCH: arch };
  const values: Values = new Map([...Object.entries(platform), ...given]);
  const images: (string | undefined)[] = [/^#\s*syntax\s*=\s*(\S+)/im.exec(dockerfile.split(/\n(?!#)/)[0] ?? '')?.[1]];
  for (const line of instructions(dockerfile)) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? [];
    const instruction = name.toUpperCase();
    if (instruction === 'ARG') declare(rest, values, given);
    if (instruction === 'FROM') images.push(expanded(/^(?:--\S+\s+)*(\S+)/.exec(rest)?.[1] ?? '', values));
    if (instruction === 'COPY' || instruction === 'ADD' || instruction === 'RUN') {
      for (const [, image = ''] of rest.matchAll(/(?:--from=|--mount=\S*?\bfrom=)([^\s,]+)/g)) {
        images.push(expanded(image, values));
      }
    }
  }
  return [...new Set(images.filter((image) => image !== undefined))];
}

/** Instructions, each as one line, without comments. */
function instructions(dockerfile: string): string[] {
  const [, sign] = /^#\s*escape\s*=\s*(`|\\)/im.exec(dockerfile) ?? [];
  const continued = sign === '`' ? /`[ \t]*\n/g : /\\[ \t]*\n/g;
  return dockerfile
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .replace(/^[ \t]*#.*\n?/gm, '')
    .replace(continued, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `ARG` with one name or more, each with or without a default. */
function declare(rest: string, values: Values, given: Values): void {
  for (const [, name = '', text] of rest.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
    if (text === undefined || given.has(name)) continue;
    const value = expanded(text.replace(/^(["'])(.*)\1$/, '$2'), values);
    if (value !== undefined) values.set(name, value);
  }
}

/** A word with its variables replaced, undefined if one has no value. */
function expanded(word: string, values: Values): string | undefined {
  let known = true;
  const text = word
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(
      /\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g,
      (_, bare?: string, braced?: string, sign?: string, other = '') => {
        const value = values.get(bare ?? braced ?? '');
        if (sign === '+') return value ? (expanded(other, values) ?? '') : '';
        const found = value || (sign === '-' ? expanded(other, values) : undefined);
        known &&= found !== undefined;
        return found ?? '';
      },
    );
  return known && text !== '' ? text : undefined;
}
