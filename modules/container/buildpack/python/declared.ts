import { normalName, onlyWith, type Requirement, requirement, requirements } from './requirement';
import { listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/** The requirements that a project declares. */
export interface Declared {
  /** Requirements of an extra have the extra in their marker. */
  readonly main: readonly Requirement[];
  readonly groups: ReadonlyMap<string, readonly Requirement[]>;
  /** Normalized names of the extras. */
  readonly extras: readonly string[];
}

/**
 * The content of the standard tables of a `pyproject.toml`.
 *
 * @see https://packaging.python.org/en/latest/specifications/pyproject-toml/
 * @see https://packaging.python.org/en/latest/specifications/dependency-groups/
 */
export function declaredByProject(pyproject: Table): Declared {
  const optional = tableAt(pyproject, 'project', 'optional-dependencies');
  const groups = tableAt(pyproject, 'dependency-groups');
  return {
    main: [
      ...requirements(stringsAt(pyproject.project, 'dependencies')),
      ...Object.keys(optional).flatMap((extra) =>
        requirements(stringsAt(optional, extra)).map((one) => onlyWith(one, [normalName(extra)])),
      ),
    ],
    groups: new Map(Object.keys(groups).map((name) => [name, groupRequirements(groups, name)])),
    extras: Object.keys(optional).map(normalName),
  };
}

/** A group can include other groups. */
function groupRequirements(groups: Table, name: string, seen: readonly string[] = []): Requirement[] {
  const key = Object.keys(groups).find((one) => normalName(one) === normalName(name));
  if (key === undefined || seen.includes(key)) return [];
  return listAt(groups, key).flatMap((one) => {
    if (typeof one === 'string') return requirement(one) ?? [];
    return groupRequirements(groups, textAt(one, 'include-group') ?? '', [...seen, key]);
  });
}
