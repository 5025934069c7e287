import { type ResourceChange, same, valuesInJson, valuesOf } from './plan-document';

/**
 * Names of the arguments that change or that cause a replacement, and of the parts of JSON in them: `container_properties.image`. Computed
 * arguments are left out if another argument explains why they change.
 */
export function changedArguments(change: ResourceChange['change']): string[] {
  const { before, after, after_unknown, replace_paths = [] } = change;
  if (replace_paths.length > 0) return [...new Set(replace_paths.map(([name]) => String(name)))];
  const [from, to, unknown] = [valuesOf(before), valuesOf(after), valuesOf(after_unknown)];
  const known = knownChanges(change).filter((name) => name !== 'tags_all');
  const names = known.length > 0 ? known : Object.keys(unknown).filter((name) => unknown[name] === true);
  return names.flatMap((name) => {
    const [left, right] = [valuesInJson(from[name]), valuesInJson(to[name])];
    if (left === undefined || right === undefined) return [name];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .filter((key) => !same(left[key], right[key]))
      .map((key) => `${name}.${key}`);
  });
}

/** Whether an update in place changes nothing but tags. */
export function changesOnlyTags(change: ResourceChange['change']): boolean {
  const known = knownChanges(change);
  return known.length > 0 && known.every((name) => name === 'tags' || name === 'tags_all');
}

/** The arguments with another value that is known before the deployment. */
function knownChanges({ before, after, after_unknown }: ResourceChange['change']): string[] {
  const [from, to, unknown] = [valuesOf(before), valuesOf(after), valuesOf(after_unknown)];
  return Object.keys(to).filter((name) => !same(from[name], to[name]) && unknown[name] !== true);
}
