type Version = readonly [number, number, number];

/** A version's three numbers, and how many of them were given. */
function parsed(text: string): { readonly version: Version; readonly length: number } | undefined {
  const [, numbers] = /^v?(\d+(?:\.(?:\d+|[*x]))*)/i.exec(text) ?? [];
  const parts = numbers
    ?.split('.')
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  if (parts === undefined) return undefined;
  const [major = 0, minor = 0, patch = 0] = parts;
  return { version: [major, minor, patch], length: parts.length };
}

function order(a: Version, b: Version): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 ? 0 : Math.sign((a[index] ?? 0) - (b[index] ?? 0));
}

/** Increments the number at an index, and sets the following ones to zero. */
function raised(version: Version, index: number): Version {
  const [major, minor, patch] = version.map((part, at) => (at < index ? part : at === index ? part + 1 : 0));
  return [major ?? 0, minor ?? 0, patch ?? 0];
}

/**
 * Whether a version satisfies a Composer constraint. True for one that cannot be parsed: Composer will check it.
 *
 * @see https://getcomposer.org/doc/articles/versions.md#writing-version-constraints
 */
export function satisfies(version: string, constraint: string): boolean {
  const { version: own } = parsed(version) ?? { version: [0, 0, 0] as const };
  return constraint.split(/\s*\|\|?\s*/).some((range) => {
    const hyphened = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(range);
    const words = hyphened
      ? [`>=${hyphened[1]}`, `<=${hyphened[2]}.*`]
      : range.replace(/(>=|<=|!=|<>|==|[<>=^~])\s+/g, '$1').split(/[\s,]+/);
    return words.filter((word) => word !== '').every((word) => satisfiesOne(own, word));
  });
}

function satisfiesOne(own: Version, word: string): boolean {
  const [, operator = '', rest = ''] = /^(>=|<=|!=|<>|==|[<>=^~])?(.*)$/.exec(word) ?? [];
  const wanted = parsed(rest);
  if (wanted === undefined) return true;
  const { version, length } = wanted;
  const against = order(own, version);
  const below = (index: number) => against >= 0 && order(own, raised(version, index)) < 0;
  switch (operator) {
    case '>=':
      return against >= 0;
    case '>':
      return against > 0;
    case '<':
      return against < 0;
    case '<=':
      // `8.1 - 8.3` includes all releases of 8.3.
      return /\*/.test(rest) && length < 3 ? order(own, raised(version, length - 1)) < 0 : against <= 0;
    case '!=':
    case '<>':
      return against !== 0;
    case '^':
      return below(version[0] === 0 ? 1 : 0);
    case '~':
      return below(Math.max(length - 2, 0));
    default:
      return /[*x]/i.test(rest) && length < 3 ? below(length - 1) : against === 0;
  }
}
