import { formatFound } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import type { BuildpackProperties } from '../language';
import { normalName } from './requirement';

export type Settings = NonNullable<BuildpackProperties['languageSpecificConfig']>;

/** The groups and extras of a project that are installed in its image. */
export interface Wanted {
  /** Whether to install the project's dependencies. False with `uvOnlyGroups`. */
  readonly main: boolean;
  readonly groups: readonly string[];
  /** Normalized names. */
  readonly extras: readonly string[];
  readonly problems: readonly Finding[];
}

/**
 * The groups and extras in the settings. Each must exist in the project.
 *
 * @param groups names of the dependency groups
 * @param defaults groups that are installed by default @default none
 */
export function wantedGroups(
  settings: Settings,
  groups: readonly string[],
  extras: readonly string[],
  defaults: readonly string[] = [],
): Wanted {
  const { uvOptionalDependencies = [], uvWithGroups = [], uvWithoutGroups = [], uvOnlyGroups = [] } = settings;
  const without = uvWithoutGroups.map(normalName);
  const named = uvOnlyGroups.length > 0 ? uvOnlyGroups : [...defaults, ...uvWithGroups];
  const missing = (kind: 'group' | 'extra', wanted: readonly string[], there: readonly string[]) =>
    wanted
      .filter((name) => !there.some((one) => normalName(one) === normalName(name)))
      .map((name) => ({
        found: `the ${kind} ${formatFound(name)}, which the project does not have`,
        accepted: there.length === 0 ? `none: the project has no ${kind}s` : there.map(formatFound).join(', '),
        fix: `correct ${kind === 'extra' ? 'uvOptionalDependencies' : uvOnlyGroups.includes(name) ? 'uvOnlyGroups' : 'uvWithGroups'}`,
      }));
  return {
    main: uvOnlyGroups.length === 0,
    groups: groups.filter(
      (group) => named.some((name) => normalName(name) === normalName(group)) && !without.includes(normalName(group)),
    ),
    extras: uvOptionalDependencies.map(normalName),
    problems: [
      ...missing('group', [...uvWithGroups, ...uvOnlyGroups], groups),
      ...missing('extra', uvOptionalDependencies, extras),
    ],
  };
}

/** The setting that installs a group or an extra. */
export function groupFix(settings: Settings, kind: 'group' | 'extra', name: string): string {
  const property =
    kind === 'extra' ? 'uvOptionalDependencies' : settings.uvOnlyGroups !== undefined ? 'uvOnlyGroups' : 'uvWithGroups';
  return `set ${property}: [${[...(settings[property] ?? []), name].map(formatFound).join(', ')}]`;
}
