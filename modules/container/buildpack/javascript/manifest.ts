import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asObject, type JsonObject } from '../../../orchestration/trigger/json';
import { upward } from '../repository';

/** The `package.json` of a folder. Undefined if there is none, or if it is not a JSON object. */
export function readManifest(folder: string): JsonObject | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    return undefined;
  }
}

/** A list of a manifest's dependencies: the requested version of each, by the name that it is imported by. */
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
