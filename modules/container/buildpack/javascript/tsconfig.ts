import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFilesMatcher, getTsconfig, parseTsconfig, type TsConfigJsonResolved } from 'get-tsconfig';

/** The settings of the TypeScript compiler that count for a file. */
export type CompilerOptions = NonNullable<TsConfigJsonResolved['compilerOptions']>;

/** Finds the settings of each file: those of the file that the config names, else of the nearest `tsconfig.json`, with what it extends. */
export class TsConfigs {
  private readonly cache = new Map<string, string>();

  /** @param named the file that counts for all, absolute */
  constructor(private readonly named?: string) {}

  /** The settings of a file, none if there are none or if they cannot be read, which the bundler then reports. */
  of(file: string): CompilerOptions {
    try {
      if (this.named !== undefined) return parseTsconfig(this.named, this.cache).compilerOptions ?? {};
      return getTsconfig(file, 'tsconfig.json', this.cache)?.config.compilerOptions ?? {};
    } catch {
      return {};
    }
  }

  /**
   * The file that counts in place of the nearest one, which only refers to the parts of a project: the part that holds a file. Absolute.
   */
  referred(file: string): string | undefined {
    try {
      const nearest = this.named === undefined ? getTsconfig(file, 'tsconfig.json', this.cache) : null;
      const references = nearest?.config.references ?? [];
      if (!nearest || references.length === 0 || createFilesMatcher(nearest)(file)) return undefined;
      for (const { path } of references) {
        const given = join(nearest.path, '..', path);
        const part = given.endsWith('.json') ? given : join(given, 'tsconfig.json');
        if (existsSync(part) && createFilesMatcher({ path: part, config: parseTsconfig(part, this.cache) })(file))
          return part;
      }
    } catch {
      // The bundler reads the same files, and says what is wrong with them.
    }
    return undefined;
  }
}
