import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upward } from '../repository';

/** A version of Java in the project's files, and its location. */
export interface StatedVersion {
  readonly value: number;
  /** For the report, such as `sourceCompatibility in app/build.gradle`. */
  readonly where: string;
}

/** The Java versions that a project requires. */
export interface JavaRequirement {
  /** Target version of its class files. */
  readonly level?: StatedVersion;
  /** Version of the compiler, which can differ from the version that runs the build. */
  readonly toolchain?: StatedVersion;
  /** Version on developers' machines. */
  readonly pinned?: StatedVersion;
  /** A setting whose value only the build can compute. */
  readonly untold?: string;
}

/** The number of a version: 8 for `1.8`, 17 for `17.0.9-tem` and `temurin-17.0.9+9`. */
export function versionNumber(text: string): number | undefined {
  const [, old, number] = /^(?:[a-z][\w-]*-)?(?:(1)\.)?(\d+)(?:[.+_\-u]|$)/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return old === undefined || Number(number) < 9 ? Number(number) : undefined;
}

/** The highest. Undefined if the list is empty. */
export function greatest(said: readonly (StatedVersion | undefined)[]): StatedVersion | undefined {
  return said.reduce(
    (most, one) => (one !== undefined && (most === undefined || one.value > most.value) ? one : most),
    undefined,
  );
}

/** The version for tools that install Java, from the nearest folder that has one. */
export function pinnedJava(folder: string, highest: string): StatedVersion | undefined {
  for (const one of upward(folder, highest)) {
    for (const [name, pattern] of PINS) {
      const path = join(one, name);
      const [, text] = (existsSync(path) && pattern.exec(readFileSync(path, 'utf8'))) || [];
      const value = text === undefined ? undefined : versionNumber(text);
      if (value !== undefined) return { value, where: name };
    }
  }
  return undefined;
}

const PINS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['.java-version', /^\s*(\S+)/],
  ['.sdkmanrc', /^\s*java\s*=\s*(\S+)/m],
  ['.tool-versions', /^\s*java\s+(\S+)/m],
];
