/**
 * Versions and version ranges, in the syntax of PEP 440 and of Poetry (`^`, `~`, `||`).
 *
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/
 * @see https://python-poetry.org/docs/dependency-specification/
 */

/** A version as numbers to compare in order: the release, and then the pre-release or post-release. */
interface Version {
  readonly release: readonly number[];
  /** Negative for pre-releases, positive for post-releases. */
  readonly rank: readonly [number, number];
}

const STAGES: { readonly [name: string]: number } = {
  dev: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  rc: -1,
  c: -1,
  post: 1,
};

function parsed(text: string): Version | undefined {
  const match = /^v?(?:\d+!)?(\d+(?:\.\d+)*)(?:[-_.]?(dev|alpha|beta|rc|post|a|b|c)[-_.]?(\d*))?/i.exec(text.trim());
  if (match === null) return undefined;
  const [, release = '', stage, number = ''] = match;
  const rank = stage === undefined ? 0 : (STAGES[stage.toLowerCase()] ?? 0);
  return { release: release.split('.').map(Number), rank: [rank, Number(number)] };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Negative if the first version is older, positive if it is newer. An invalid version is older than all others. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parsed(a), parsed(b)];
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  return compareLists(one.release, other.release) || compareLists(one.rank, other.rank);
}

/**
 * Whether a version is in a range such as `>=3.9,<4`, `^3.11`, `~=3.10`, `==3.11.*` or `3.10 || 3.12`. Undefined if the range cannot be parsed.
 */
export function inRange(version: string, range: string): boolean | undefined {
  const alternatives = range.split(/\|\|?/).map((alternative) =>
    // A space after an operator doesn't separate two conditions.
    alternative
      .replace(/([<>=!~^])\s+/g, '$1')
      .split(/[,\s]+/)
      .filter((condition) => condition !== '')
      .map((condition) => holds(version, condition)),
  );
  if (alternatives.some((conditions) => conditions.includes(undefined))) return undefined;
  return alternatives.some((conditions) => conditions.every((condition) => condition));
}

function holds(version: string, condition: string): boolean | undefined {
  const [, operator = '', given = ''] = /^(===|==|!=|~=|>=|<=|[<>~^=])?(.*)$/.exec(condition) ?? [];
  if (given === '*' || (given === '' && operator === '')) return true;
  const wildcard = /\.[*x]$/i.test(given);
  const bound = wildcard ? given.replace(/(\.[*x])+$/i, '') : given;
  const release = parsed(bound)?.release;
  if (release === undefined || parsed(version) === undefined) return undefined;
  const compared = compareVersions(version, bound);
  const within = (parts: number) =>
    compared >= 0 && compareLists(parsed(version)?.release ?? [], next(release, parts)) < 0;
  switch (operator) {
    case '>=':
      return compared >= 0;
    case '<=':
      return compared <= 0;
    case '>':
      return wildcard ? compared >= 0 && !within(release.length) : compared > 0;
    case '<':
      return compared < 0;
    case '!=':
      return wildcard ? !within(release.length) : compared !== 0;
    case '~=':
      return within(release.length - 1);
    case '~':
      return within(Math.min(release.length, 2));
    case '^':
      return within(
        Math.max(
          release.findIndex((part) => part > 0),
          0,
        ) + 1,
      );
    default:
      return wildcard ? within(release.length) : compared === 0;
  }
}

/** The first release after all releases with the given prefix. */
function next(release: readonly number[], parts: number): number[] {
  const kept = release.slice(0, Math.max(parts, 1));
  return [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1];
}
