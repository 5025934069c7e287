import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asObject, type JsonObject } from '../../../orchestration/trigger/json';
import { upward } from '../repository';

/** The `package.json` of a folder, undefined if there is none or it is no JSON object. */
export function readManifest(folder: string): JsonObject | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

/** The strings of a list of dependencies of a manifest: what is asked for by the name that it is imported by. */
export function dependencies(manifest: JsonObject, list: string): ReadonlyMap<string, string> {
  const entries = Object.entries(asObject(manifest[list]) ?? {});
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The `package.json` nearest to a file, at or above its folder. */
export function nearestManifest(file: string): JsonObject | undefined {
  return upward(dirname(file))
    .map(readManifest)
    .find((manifest) => manifest !== undefined);
}
