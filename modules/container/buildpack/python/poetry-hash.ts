import { jsonHash, type Table, tableAt } from './toml';

const KEYS = ['dependencies', 'source', 'extras', 'dev-dependencies'];

/** The hashes of a `pyproject.toml`'s dependencies that Poetry writes to a lockfile: before 2.0, before 2.3, and since 2.3. */
export function poetryHashes(pyproject: Table): string[] {
  const own = tableAt(pyproject, 'tool', 'poetry');
  const project = picked(tableAt(pyproject, 'project'), ['requires-python', 'dependencies', 'optional-dependencies']);
  const groups = tableAt(pyproject, 'dependency-groups');
  const ofPoetry = picked(own, [...KEYS, 'group']);
  const tool = { poetry: ofPoetry };
  const withProject = Object.keys(project).length > 0 ? { project } : {};
  const withGroups = Object.keys(groups).length > 0 ? { 'dependency-groups': groups } : {};
  return [
    jsonHash({ ...Object.fromEntries(KEYS.map((key) => [key, null])), ...ofPoetry }),
    jsonHash({ ...withProject, tool }),
    jsonHash({ ...withProject, ...withGroups, tool }),
  ];
}

function picked(table: Table, keys: readonly string[]): Table {
  return Object.fromEntries(keys.filter((key) => table[key] !== undefined).map((key) => [key, table[key]]));
}
