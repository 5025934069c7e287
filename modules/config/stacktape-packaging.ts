import { formatFound, foundValue } from '../problems/found';
import { either } from '../problems/phrases';
import type { LocatedFinding } from '../problems/problem';
import type { MovedPart } from './moved-parts';
import { isPlain } from './overrides/merged';
import { asObject } from './value-at';

type Plain = { readonly [property: string]: unknown };

type Path = readonly PropertyKey[];

/** A config whose packagings have the form of this project. */
export interface WithPackagings {
  readonly value: unknown;
  /** Settings of languages that are elsewhere in the file. */
  readonly moved: readonly MovedPart[];
  /** Problems with packagings of another meaning. */
  readonly findings: readonly LocatedFinding[];
}

/** Where resources have their packaging, by type. */
const PACKAGINGS: { readonly [type: string]: Path } = {
  'batch-job': ['properties', 'container', 'packaging'],
  function: ['properties', 'packaging'],
};

/** Settings of `js-bundle` that the newest version of Stacktape has beside the entry file. */
const BUNDLE_SETTINGS: readonly string[] = [
  'tsConfigPath',
  'emitTsDecoratorMetadata',
  'dependenciesToExcludeFromBundle',
  'dependenciesToExcludeFromDeploymentPackage',
  'outputModuleFormat',
  'nodeVersion',
  'disableSourceMaps',
  'outputSourceMapsTo',
];

/**
 * Puts the settings that newer Stacktape configs have beside `entryfilePath` into `languageSpecificConfig`: those of a `js-bundle`, and
 * `python` of a function's `buildpack`. A setting that is at both places stays, and is refused. A `buildpack` of a job that has no entry
 * file builds a folder in Stacktape, and is refused.
 */
export function withPackagings(config: unknown): WithPackagings {
  const resources = isPlain(config) && isPlain(config.resources) ? config.resources : {};
  const moved: MovedPart[] = [];
  const findings: LocatedFinding[] = [];
  const changed: { [name: string]: unknown } = {};
  for (const [name, resource] of Object.entries(resources)) {
    const { type } = asObject(resource);
    const place = Object.hasOwn(PACKAGINGS, String(type)) ? PACKAGINGS[String(type)] : undefined;
    if (place === undefined) continue;
    const keys = ['resources', name, ...place];
    const value = changedAt(resource, place, (packaging) => {
      const folder = type === 'batch-job' ? folderBuild(packaging) : undefined;
      if (folder !== undefined) findings.push({ path: [...keys, 'type'], finding: folder });
      const own = withSettings(packaging, String(type));
      moved.push(...own.moved.map(([from, to]) => ({ written: [...keys, ...from], inConfig: [...keys, ...to] })));
      return own.value;
    });
    if (value !== resource) changed[name] = value;
  }
  const isSame = Object.keys(changed).length === 0;
  return { value: isSame ? config : { ...asObject(config), resources: { ...resources, ...changed } }, moved, findings };
}

/** A copy of an object with another packaging, or the object itself if that stays the same, or is none. */
function changedAt(value: unknown, [key, ...rest]: Path, change: (packaging: Plain) => unknown): unknown {
  if (!isPlain(value)) return value;
  if (key === undefined) return change(value);
  const inner = value[String(key)];
  const changed = changedAt(inner, rest, change);
  return changed === inner ? value : { ...value, [key]: changed };
}

/** Where a part of a packaging is in the file, and where in the config. */
type Move = readonly [from: Path, to: Path];

function withSettings(packaging: Plain, resource: string): { readonly value: Plain; readonly moved: readonly Move[] } {
  const { type, properties } = packaging;
  const { languageSpecificConfig = {} } = asObject(properties);
  if (!isPlain(properties) || !isPlain(languageSpecificConfig)) return { value: packaging, moved: [] };
  const place = type === 'buildpack' && resource === 'function' ? ['python'] : [];
  const written = place.length > 0 ? properties.python : type === 'js-bundle' ? properties : undefined;
  if (!isPlain(written)) return { value: packaging, moved: [] };
  const names = Object.keys(written).filter(
    (name) => (place.length > 0 || BUNDLE_SETTINGS.includes(name)) && !Object.hasOwn(languageSpecificConfig, name),
  );
  if (names.length === 0) return { value: packaging, moved: [] };
  const left = without(written, names);
  const others = place.length === 0 ? left : without({ ...properties, python: left }, isEmpty(left) ? place : []);
  const settings = Object.fromEntries(names.map((name) => [name, written[name]]));
  return {
    value: {
      ...packaging,
      properties: { ...others, languageSpecificConfig: { ...languageSpecificConfig, ...settings } },
    },
    moved: names.map((name) => [
      ['properties', ...place, name],
      ['properties', 'languageSpecificConfig', name],
    ]),
  };
}

function without(object: Plain, names: readonly string[]): Plain {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function isEmpty(object: Plain): boolean {
  return Object.keys(object).length === 0;
}

/** The problem with a job's `buildpack` of a folder, which this project builds in another way. Undefined for others. */
function folderBuild({ type, properties }: Plain): LocatedFinding['finding'] | undefined {
  if (type !== 'buildpack' || (properties !== undefined && !isPlain(properties))) return undefined;
  const { entryfilePath, sourceDirectoryPath = '.', startCommand, ...others } = properties ?? {};
  if (entryfilePath !== undefined) return undefined;
  const names = Object.keys(others);
  const command = startCommand === undefined ? '' : `, command: ["sh", "-c", ${formatFound(startCommand)}]`;
  const external = `{ type: "external-buildpack", properties: { sourceDirectoryPath: ${formatFound(sourceDirectoryPath)}${command} } }`;
  const dockerfile = 'write a Dockerfile, and use dockerfile';
  return {
    code: 'invalid-value',
    found: foundValue(type, ', which builds a folder in Stacktape'),
    accepted: 'external-buildpack for a folder, or an entryfilePath in its properties',
    fix:
      names.length === 0
        ? `write packaging: ${external}, or ${dockerfile}`
        : `${dockerfile}: external-buildpack, which builds a folder too, has no ${either(names)}`,
    settles: ['properties'],
  };
}
