import { compareVersions, inRange } from './version';

/** The interpreter of a job. */
export interface Target {
  /** Version in the base image, with the patch number. */
  readonly version: string;
  readonly architecture: 'x86_64' | 'arm64';
}

/**
 * Whether an environment marker is true in the image. True for a marker that cannot be parsed, because an unneeded package does no harm.
 *
 * @param extras the extras to install
 * @see https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 */
export function markerHolds(marker: string | undefined, target: Target, extras: readonly string[] = []): boolean {
  if (marker === undefined || marker.trim() === '') return true;
  const words = marker.match(/'[^']*'|"[^"]*"|\(|\)|[<>=!~]+|[\w.]+/g) ?? [];
  let at = 0;
  const either = (): boolean => {
    let value = both();
    while (words[at] === 'or') {
      at++;
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (words[at] === 'and') {
      at++;
      value = one() && value;
    }
    return value;
  };
  const one = (): boolean => {
    if (words[at] !== '(') return comparison();
    at++;
    const value = either();
    at++;
    return value;
  };
  const comparison = (): boolean => {
    const left = words[at++] ?? '';
    const negated = words[at] === 'not';
    if (negated) at++;
    const operator = `${negated ? 'not ' : ''}${words[at++] ?? ''}`;
    return compared(left, operator, words[at++] ?? '', target, extras);
  };
  return either();
}

function compared(left: string, operator: string, right: string, target: Target, extras: readonly string[]): boolean {
  if (left === 'extra') return extras.includes(unquoted(right)) === (operator !== '!=');
  if (right === 'extra') return extras.includes(unquoted(left)) === (operator !== '!=');
  const [one, other] = [value(left, target), value(right, target)];
  if (one === undefined || other === undefined) return true;
  if (operator === 'in') return other.includes(one);
  if (operator === 'not in') return !other.includes(one);
  const isVersion = [left, right].some((word) => VERSIONS.includes(word));
  if (isVersion) {
    const [version, bound, turned] = VERSIONS.includes(left)
      ? [one, other, operator]
      : [other, one, TURNED[operator] ?? operator];
    return inRange(version, `${turned}${bound}`) ?? true;
  }
  if (operator === '==' || operator === '===') return one === other;
  if (operator === '!=') return one !== other;
  const order = compareVersions(one, other);
  return operator.startsWith('<') ? order < 0 : operator.startsWith('>') ? order > 0 : true;
}

const VERSIONS = ['python_version', 'python_full_version', 'implementation_version'];

const TURNED: { readonly [operator: string]: string } = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function unquoted(word: string): string {
  return word.replace(/^['"]|['"]$/g, '');
}

/** Undefined for unknown properties of the image, such as its kernel. */
function value(word: string, { version, architecture }: Target): string | undefined {
  if (/^['"]/.test(word)) return unquoted(word);
  const values: { readonly [name: string]: string } = {
    python_version: version.split('.').slice(0, 2).join('.'),
    python_full_version: version,
    implementation_version: version,
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: architecture === 'arm64' ? 'aarch64' : 'x86_64',
  };
  return values[word];
}
