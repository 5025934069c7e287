import type { ScalarText } from './plain-data';

type Path = readonly PropertyKey[];

/** A value that is at one place in the file, and at another in the config that is made of it. */
export interface MovedPart {
  readonly written: Path;
  readonly inConfig: Path;
}

/** The path in the file of a value of the config. */
export function writtenPath(path: Path, moved: readonly MovedPart[]): Path {
  const part = moved.find(({ inConfig }) => startsWith(path, inConfig));
  return part === undefined ? path : [...part.written, ...path.slice(part.inConfig.length)];
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
