import { z } from 'zod';
import { type BaseLanguage, defaultVersion, namedVersion, offeredVersions } from '../rules/base-images';
import { isToken, refuse } from './checked';
import { formatFound } from './problem';

/**
 * A version of a language that a base image is there for, as a number or in quotes: YAML takes `3.10` for the number 3.1.
 *
 * @param further versions that another one stands in for
 */
export function versionOf(language: BaseLanguage, further: readonly string[] = []) {
  const offered = [...offeredVersions(language), ...further];
  offered.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const accepted = `a version of ${language}: ${offered.join(', ')}`;
  // A number where it says the same, and always the version in quotes.
  const numbers = offered.filter((version) => String(Number(version)) === version).map(Number);
  return z
    .union([z.number(), z.string()], { error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (further.includes(String(value)) || namedVersion(language, value) !== undefined) return;
      const found = isToken(value) ? 'a value that only Terraform knows' : formatFound(value);
      const quoted = offered.find((version) => version === `${value}0`);
      const fix = quoted === undefined ? `use ${defaultVersion(language)}` : `write '${quoted}' in quotes`;
      refuse(context, { found, accepted, fix });
    })
    .meta({ enum: [...numbers, ...offered] });
}
