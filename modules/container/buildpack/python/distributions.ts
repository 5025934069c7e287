import { formatFound } from '../../../problems/found';
import type { Declared } from './declared';
import { groupFix, type Settings } from './groups';
import type { Distributions, ExcludedPackage } from './installation';

/**
 * The declared packages that are installed, and how to install the others.
 *
 * @param namesOf returns the distributions of the project's dependencies, of an extra, or of a group
 */
export function distributions(
  installed: readonly string[],
  declared: Declared,
  settings: Settings,
  namesOf: (part: { readonly group?: string; readonly extra?: string }) => readonly string[],
): Distributions {
  const names = new Set(installed);
  const rest = new Map<string, ExcludedPackage>();
  const withhold = (list: readonly string[], one: ExcludedPackage) => {
    for (const name of list) if (!names.has(name) && !rest.has(name)) rest.set(name, one);
  };
  for (const extra of declared.extras)
    withhold(namesOf({ extra }), { where: `the extra ${formatFound(extra)}`, fix: groupFix(settings, 'extra', extra) });
  for (const group of declared.groups.keys())
    withhold(namesOf({ group }), { where: `the group ${formatFound(group)}`, fix: groupFix(settings, 'group', group) });
  if ((settings.uvOnlyGroups ?? []).length > 0)
    withhold(namesOf({}), {
      where: "the project's own dependencies",
      fix: 'use uvWithGroups instead of uvOnlyGroups',
    });
  return { installed: names, withheld: rest, whole: true };
}
