import { foundValue } from '../../problems/found';
import type { Finding } from '../../problems/problem';
import {
  type BaseLanguage,
  type Distribution,
  defaultVersion,
  namedVersion,
  offeredVersions,
} from '../../rules/base-images';

/** Maximum number of requirements in a report: the packages of a lockfile can have many. */
const SHOWN_WISHES = 3;

/** A version requirement in a file of the project. */
export interface VersionRequirement {
  /** For the report: `.ruby-version, which says "3.1"`. */
  readonly found: string;
  /** Whether an available version, such as `3.12`, satisfies the requirement. */
  readonly accepts: (version: string) => boolean;
}

/** What runs the code, if it is not an image of this packaging. */
export interface Offer {
  /** Versions in ascending order. @default those of the images */
  readonly offered?: readonly string[];
  /** What to do for another version. @default a Dockerfile */
  readonly otherwise?: string;
}

/**
 * The version of a language for a job: the config's setting, else a version that satisfies all requirements of the project (the default if it
 * does, else the newest), else the default. The finding lists the available versions.
 *
 * @param setting name and value of the setting below `languageSpecificConfig`, such as `rubyVersion`
 */
export function chooseVersion(
  language: BaseLanguage,
  distribution: Distribution,
  setting: { readonly name: string; readonly value: number | string | undefined },
  wishes: readonly VersionRequirement[],
  {
    offered = offeredVersions(language, distribution),
    otherwise = 'write a Dockerfile and use custom-dockerfile',
  }: Offer = {},
): { readonly version: string } | { readonly finding: Finding; readonly ofSetting: boolean } {
  const inImages = offeredVersions(language, distribution);
  const fewer = offered.length === inImages.length && offered.length < offeredVersions(language).length;
  const accepted = `${language} ${offered.join(', ')}${fewer ? ', with requiresGlibcBinaries' : ''}`;
  if (setting.value !== undefined) {
    const version = namedVersion(language, setting.value);
    if (version !== undefined && offered.includes(version)) return { version };
    const fix = `use ${offered.at(-1)}, or ${otherwise}`;
    return { finding: { found: foundValue(setting.value), accepted, fix }, ofSetting: true };
  }
  const fitting = offered.filter((version) => wishes.every((wish) => wish.accepts(version)));
  const fallback = defaultVersion(language);
  const version = fitting.includes(fallback) ? fallback : fitting.at(-1);
  if (version !== undefined) return { version };
  // If no version satisfies one requirement, it alone is the cause. Otherwise, the requirements contradict each other.
  const impossible = wishes.filter((wish) => !offered.some(wish.accepts));
  const narrow = wishes.filter((wish) => !offered.every(wish.accepts));
  const blamed = (impossible.length > 0 ? impossible : narrow).map((wish) => wish.found);
  const more = blamed.length > SHOWN_WISHES ? [`${blamed.length - SHOWN_WISHES} more like it`] : [];
  const found = [...blamed.slice(0, SHOWN_WISHES), ...more].join(', and ');
  const fix = `set languageSpecificConfig.${setting.name} to a version that the code works with, or ${otherwise}`;
  return { finding: { found, accepted, fix }, ofSetting: false };
}
