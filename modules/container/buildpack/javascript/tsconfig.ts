import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFilesMatcher, getTsconfig, parseTsconfig, type TsConfigJsonResolved } from 'get-tsconfig';

/** The settings of the TypeScript compiler for a file. */
export type CompilerOptions = NonNullable<TsConfigJsonResolved['compilerOptions']>;

/** Finds the settings of each file: from `tsConfigPath` of the config, else the nearest `tsconfig.json`, including what it extends. */
export class TsConfigs {
  private readonly cache = new Map<string, string>();

  /** @param named absolute path of the file to use for all files */
  constructor(private readonly named?: string) {}

  /** The settings of a file. Empty without a tsconfig.json, or if it can't be read, which the bundler reports. */
  of(file: string): CompilerOptions {
    try {
      if (this.named !== undefined) return parseTsconfig(this.named, this.cache).compilerOptions ?? {};
      return getTsconfig(file, 'tsconfig.json', this.cache)?.config.compilerOptions ?? {};
    } catch {
      return {};
    }
  }

  /**
   * Absolute path of the part of a project that includes a file, if the nearest tsconfig.json only refers to parts.
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
      // The bundler reads the same files and reports what is wrong with them.
    }
    return undefined;
  }
}
