import { type Architecture, PLATFORMS } from './build-context';

/** Values of the variables of a Dockerfile, by name. */
export interface DockerfileVariables {
  readonly values: Map<string, string>;
  /** Names of build arguments from the config. They override the defaults in the Dockerfile's ARG instructions. */
  readonly given: ReadonlySet<string>;
}

/** One instruction: its name in uppercase, and the rest of its lines joined into one. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The variables at the start of a build. */
export function buildVariables(
  buildArgs: readonly (readonly [name: string, value: string])[],
  architecture: Architecture,
): DockerfileVariables {
  const [os = '', arch = ''] = PLATFORMS[architecture].split('/');
  const platform = { TARGETPLATFORM: PLATFORMS[architecture], TARGETOS: os, TARGETARCH: arch };
  return {
    values: new Map([...Object.entries(platform), ...buildArgs]),
    given: new Set(buildArgs.map(([name]) => name)),
  };
}

const WITH_HERE_DOCUMENTS = ['RUN', 'COPY', 'ADD'];

/**
 * The instructions of a Dockerfile, without comments and here-documents.
 *
 * @see https://docs.docker.com/reference/dockerfile/#format
 */
export function instructions(dockerfile: string): Instruction[] {
  const text = dockerfile.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  // Directives are above everything else, comments included.
  const [, sign] = /^(?:#\s*\w+\s*=.*\n)*#\s*escape\s*=\s*(`|\\)/i.exec(text) ?? [];
  const continued = sign === '`' ? /`[ \t]*\n/g : /\\[ \t]*\n/g;
  const lines = text
    .replace(/^[ \t]*#.*\n?/gm, '')
    .replace(continued, ' ')
    .split('\n')
    .map((line) => line.trim());
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, written, rest = ''] = /^(\w+)\s+(.*)/.exec(lines[index] ?? '') ?? [];
    if (written === undefined) continue;
    const name = written.toUpperCase();
    found.push({ name, rest });
    if (!WITH_HERE_DOCUMENTS.includes(name)) continue;
    for (const [, end = ''] of rest.matchAll(/<<-?(?:"|')?(\w+)(?:"|')?/g)) {
      const last = lines.indexOf(end, index + 1);
      if (last !== -1) index = last;
    }
  }
  return found;
}

/** `ARG` with one name or more, each with or without a default. */
export function declare(rest: string, { values, given }: DockerfileVariables): void {
  for (const [, name = '', text] of rest.matchAll(/(\w+)(?:=("[^"]*"|'[^']*'|\S*))?/g)) {
    if (text === undefined || given.has(name)) continue;
    const value = expanded(text, values);
    if (value !== undefined) values.set(name, value);
  }
}

/** A word with its variables replaced, undefined if one has no value. */
export function expanded(word: string, values: ReadonlyMap<string, string>): string | undefined {
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
