import { type Finding, formatFound } from '../../../config/problem';
import type { BuildpackProperties } from '../language';
import { normalName } from './requirement';

export type Settings = NonNullable<BuildpackProperties['languageSpecificConfig']>;

/** Which of a project's groups and extras its image gets. */
export interface Wanted {
  /** Whether the project's own dependencies are wanted: not with `uvOnlyGroups`. */
  readonly main: boolean;
  readonly groups: readonly string[];
  /** Normalized. */
  readonly extras: readonly string[];
  readonly problems: readonly Finding[];
}

/**
 * The groups and extras that the settings name, of those that there are.
 *
 * @param groups names of the groups of development
 * @param defaults of these, the ones that are wanted if nothing is said @default none
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

/** What installs a group or an extra. */
export function groupFix(settings: Settings, kind: 'group' | 'extra', name: string): string {
  const property =
    kind === 'extra' ? 'uvOptionalDependencies' : settings.uvOnlyGroups !== undefined ? 'uvOnlyGroups' : 'uvWithGroups';
  return `set ${property}: [${[...(settings[property] ?? []), name].map(formatFound).join(', ')}]`;
}
