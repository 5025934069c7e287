import { type Found, isName } from '../problems/found';
import type { ScalarText } from './plain-data';

type Path = readonly PropertyKey[];

/** A value that is at one place in the file, and at another in the config that is made of it. */
export interface MovedPart {
  readonly written: Path;
  readonly inConfig: Path;
  /** Where the file has the name of the property, if it has it as a value. @default before the value */
  readonly name?: Path;
}

/**
 * The path in the file of a value of the config.
 *
 * @param found what a problem there found. If it is the name of the property, the path is that of the name
 */
export function writtenPath(path: Path, moved: readonly MovedPart[], found: Found): Path {
  const part = moved.find(({ inConfig }) => startsWith(path, inConfig));
  if (part === undefined) return path;
  const further = path.slice(part.inConfig.length);
  return further.length === 0 && isName(found) ? (part.name ?? part.written) : [...part.written, ...further];
}

/** Notations in the file, by the path of their value in the config. */
export function movedTexts(texts: readonly ScalarText[], moved: readonly MovedPart[]): readonly ScalarText[] {
  return texts.map((text) => {
    const part = moved.find(({ written }) => startsWith(text.path, written));
    return part === undefined ? text : { ...text, path: [...part.inConfig, ...text.path.slice(part.written.length)] };
  });
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}
