import type { BuildTool } from './version';

/**
 * The first release of Gradle that runs on each version of Java.
 *
 * @see https://docs.gradle.org/current/userguide/compatibility.html
 */
const FIRST: readonly (readonly [java: number, gradle: string])[] = [
  [8, '2.0'],
  [9, '4.3'],
  [10, '4.7'],
  [11, '5.0'],
  [12, '5.4'],
  [13, '6.0'],
  [14, '6.3'],
  [15, '6.7'],
  [16, '7.0'],
  [17, '7.3'],
  [18, '7.5'],
  [19, '7.6'],
  [20, '8.3'],
  [21, '8.5'],
  [22, '8.8'],
  [23, '8.10'],
  [24, '8.14'],
  [25, '9.1'],
];

/** Gradle 9 requires Java 17. */
const LEAST: readonly (readonly [gradle: string, java: number])[] = [
  ['9.0', 17],
  ['0', 8],
];

/** Java versions that a Gradle release runs on. */
export function gradleRelease(release: string): BuildTool {
  const [, least = 8] = LEAST.find(([gradle]) => reaches(release, gradle)) ?? [];
  const [most = 8] = FIRST.filter(([, gradle]) => reaches(release, gradle)).at(-1) ?? [];
  return {
    name: `Gradle ${release}`,
    least,
    // Releases after the last known one might support later versions of Java.
    most: most === FIRST.at(-1)?.[0] ? Number.POSITIVE_INFINITY : most,
    laterFor: (java) => `Gradle ${FIRST.find(([version]) => version >= java)?.[1] ?? release}`,
  };
}

function reaches(release: string, least: string): boolean {
  const [a, b] = [release, least].map((one) => one.split('.').map(Number));
  const at = [0, 1].find((index) => (a?.[index] ?? 0) !== (b?.[index] ?? 0));
  return at === undefined || (a?.[at] ?? 0) > (b?.[at] ?? 0);
}
