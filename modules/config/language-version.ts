import { z } from 'zod';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import { type BaseLanguage, byVersion, defaultVersion, namedVersion, offeredVersions } from '../rules/base-images';
import { isToken, refuse } from './checked';

/**
 * A version of a language with a supported base image, as a number or a string. YAML reads `3.10` as the number 3.1.
 *
 * @param further accepted versions that are built with another one
 * @param own versions to choose from. @default those with an image
 */
export function versionOf(
  language: BaseLanguage,
  further: readonly string[] = [],
  own: readonly string[] = offeredVersions(language),
) {
  const offered = [...own, ...further];
  offered.sort(byVersion);
  const accepted = `a version of ${language}: ${offered.join(', ')}`;
  // Numbers only for versions that a number represents exactly. Strings for every version.
  const numbers = offered.filter((version) => String(Number(version)) === version).map(Number);
  return z
    .union([z.number(), z.string()], { error: () => accepted })
    .check((context) => {
      const { value } = context;
      const named = namedVersion(language, value);
      if (further.includes(String(value)) || (named !== undefined && own.includes(named))) return;
      const found = isToken(value) ? UNKNOWN_VALUE : foundValue(value);
      const quoted = offered.find((version) => version === `${value}0`);
      const fix = quoted === undefined ? `use ${defaultVersion(language)}` : `write '${quoted}' in quotes`;
      refuse(context, { found, accepted, fix });
    })
    .meta({ enum: [...numbers, ...offered] });
}
