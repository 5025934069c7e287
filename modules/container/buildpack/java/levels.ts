import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upward } from '../repository';

/** A version of Java that the project names, and where. */
export interface Said {
  readonly value: number;
  /** For the report, such as `sourceCompatibility in app/build.gradle`. */
  readonly where: string;
}

/** What a project says of the Java that it needs. */
export interface JavaWish {
  /** Version that its class files are for. */
  readonly level?: Said;
  /** Version that its build takes to compile, whatever runs the build. */
  readonly toolchain?: Said;
  /** Version that its developers run. */
  readonly pinned?: Said;
  /** A setting whose value only the build knows. */
  readonly untold?: string;
}

/** The number of a version: 8 for `1.8`, 17 for `17.0.9-tem` and `temurin-17.0.9+9`. */
export function versionNumber(text: string): number | undefined {
  const [, old, number] = /^(?:[a-z][\w-]*-)?(?:(1)\.)?(\d+)(?:[.+_\-u]|$)/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return old === undefined || Number(number) < 9 ? Number(number) : undefined;
}

/** The greatest; undefined of none. */
export function greatest(said: readonly (Said | undefined)[]): Said | undefined {
  return said.reduce(
    (most, one) => (one !== undefined && (most === undefined || one.value > most.value) ? one : most),
    undefined,
  );
}

/** What the tools that install Java for developers are told, in the nearest folder upward. */
export function pinnedJava(folder: string, highest: string): Said | undefined {
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
