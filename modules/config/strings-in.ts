import { formatDirectives } from './format-directive';

/** Keys and indices from the config to a value. */
export type Path = readonly (string | number)[];

/** A string in the config. */
export interface TextAt {
  readonly text: string;
  readonly path: Path;
  /** Whether it is a part of a format, whose text has the same path. */
  readonly isPart?: true;
}

/** Every string in a value, with its path. After a format, each directive in it follows. */
export function* stringsIn(value: unknown, path: Path): Generator<TextAt> {
  if (typeof value === 'string') {
    yield { text: value, path };
    for (const text of formatDirectives(value)) yield { text, path, isPart: true };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* stringsIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Every key of an object in a value, with its path. */
export function* keysIn(value: unknown, path: Path): Generator<TextAt> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (!Array.isArray(value)) yield { text: key, path: at };
    yield* keysIn(item, at);
  }
}
