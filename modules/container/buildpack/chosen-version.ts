import { type Finding, formatFound } from '../../config/problem';
import {
  type BaseLanguage,
  type Distribution,
  defaultVersion,
  namedVersion,
  offeredVersions,
} from '../../rules/base-images';

/** Wishes that a report names; the packages of a lockfile have many. */
const SHOWN_WISHES = 3;

/** What a file of the project says of the version that it needs. */
export interface VersionWish {
  /** For the report: `.ruby-version, which says "3.1"`. */
  readonly found: string;
  /** Whether a version that is offered, such as `3.12`, will do. */
  readonly accepts: (version: string) => boolean;
}

/**
 * The version of a language that a job gets: the config's own setting, else the one that all of the project's wishes accept (the default
 * if it does, else the newest), else the default. The finding lists what there is.
 *
 * @param setting name and value of the setting below `languageSpecificConfig`, such as `rubyVersion`
 */
export function chooseVersion(
  language: BaseLanguage,
  distribution: Distribution,
  setting: { readonly name: string; readonly value: number | string | undefined },
  wishes: readonly VersionWish[],
): { readonly version: string } | { readonly finding: Finding; readonly ofSetting: boolean } {
  const offered = offeredVersions(language, distribution);
  const fewer = offered.length < offeredVersions(language).length;
  const accepted = `${language} ${offered.join(', ')}${fewer ? ', with requiresGlibcBinaries' : ''}`;
  if (setting.value !== undefined) {
    const version = namedVersion(language, setting.value);
    if (version !== undefined && offered.includes(version)) return { version };
    const fix = `use ${offered.at(-1)}, or write a Dockerfile and use custom-dockerfile`;
    return { finding: { found: formatFound(setting.value), accepted, fix }, ofSetting: true };
  }
  const fitting = offered.filter((version) => wishes.every((wish) => wish.accepts(version)));
  const fallback = defaultVersion(language);
  const version = fitting.includes(fallback) ? fallback : fitting.at(-1);
  if (version !== undefined) return { version };
  // One that no version can fulfil says it all; otherwise it is those that leave something out.
  const impossible = wishes.filter((wish) => !offered.some(wish.accepts));
  const narrow = wishes.filter((wish) => !offered.every(wish.accepts));
  const blamed = (impossible.length > 0 ? impossible : narrow).map((wish) => wish.found);
  const more = blamed.length > SHOWN_WISHES ? [`${blamed.length - SHOWN_WISHES} more like it`] : [];
  const found = [...blamed.slice(0, SHOWN_WISHES), ...more].join(', and ');
  const fix = `set languageSpecificConfig.${setting.name} to one that the code runs with, or write a Dockerfile and use custom-dockerfile`;
  return { finding: { found, accepted, fix }, ofSetting: false };
}
