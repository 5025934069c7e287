import type { CompletedValue } from './connection';

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Names of variables for which the first program of a generated image puts secrets in the place of `$(STP_..._PASSWORD)`. */
const COMPLETED_NAMES = 'STP_COMPLETED';

/**
 * The variables in which values are complete except for their secrets: a definition contains none. The first program of the image knows
 * the secrets from their own variables and puts them in, as a URL needs them, whenever a container starts.
 *
 * @param variables also those of the config, which can contain a value or be one: `$ResourceParam('orders', 'connectionString')`
 */
export function completedVariables(variables: readonly Variable[], completed: readonly CompletedValue[]): Variable[] {
  const replacements = completed.map(({ value, withSecret }): [RegExp, string] => [
    // Not the beginning of another address, or in the middle of one.
    new RegExp(`(?<![\\w:])${value.replace(/[^\w]/g, '\\$&')}(?![\\w.-])`, 'g'),
    withSecret,
  ]);
  const names: string[] = [];
  const all = variables.map(({ name, value }) => {
    // A shell can't set others.
    if (!/^[A-Za-z_]\w*$/.test(name)) return { name, value };
    const full = replacements.reduce((text, [address, withSecret]) => text.replace(address, () => withSecret), value);
    if (full !== value) names.push(name);
    return { name, value: full };
  });
  return names.length === 0 ? all : [...all, { name: COMPLETED_NAMES, value: names.sort().join(' ') }];
}
