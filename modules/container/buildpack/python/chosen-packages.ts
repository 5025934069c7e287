import type { Declared } from './declared';
import { distributions } from './distributions';
import { type Settings, type Wanted, wantedGroups } from './groups';
import type { Distributions } from './installation';
import { closure, type LockedPackage, type LockedSource } from './locked';
import type { Target } from './marker';

/** The selected packages of a lockfile that has one entry per package. */
export interface ChosenPackages {
  readonly wanted: Wanted;
  readonly installed: readonly LockedPackage[];
  /** The local folders and files among them. */
  readonly local: readonly Extract<LockedSource, { from: 'local' }>[];
  /** Packages in the image, and those that a group or extra would add. */
  readonly found: Distributions;
}

/** The packages of a lockfile for the image: the project's, and those of the groups and extras in the settings. */
export function chosenPackages(
  declared: Declared,
  packages: readonly LockedPackage[],
  settings: Settings,
  target: Target,
): ChosenPackages {
  const wanted = wantedGroups(settings, [...declared.groups.keys()], declared.extras);
  const reached = (main: boolean, groups: readonly string[], extras: readonly string[]) =>
    closure(
      [...(main ? declared.main : []), ...groups.flatMap((group) => declared.groups.get(group) ?? [])],
      packages,
      target,
      extras,
    );
  const names = (list: readonly LockedPackage[]) => list.map(({ name }) => name);
  const installed = reached(wanted.main, wanted.groups, wanted.extras);
  return {
    wanted,
    installed,
    local: installed.flatMap(({ source }) => (source.from === 'local' ? [source] : [])),
    found: distributions(names(installed), declared, settings, ({ group, extra }) =>
      names(reached(group === undefined, group === undefined ? [] : [group], extra === undefined ? [] : [extra])),
    ),
  };
}
