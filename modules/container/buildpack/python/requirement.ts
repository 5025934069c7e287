import { markerHolds, type Target } from './marker';
import { inRange } from './version';

/** A requirement in PEP 508 syntax, or the equivalent of a manifest with another syntax. */
export interface Requirement {
  /** Normalized name. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Version range without spaces. Empty for any version, and if `url` is set. */
  readonly specifier: string;
  /** URL that it is downloaded from. @default a package index */
  readonly url?: string;
  readonly marker?: string;
  /** Range of Python versions that it applies to. @default all */
  readonly python?: string;
}

/** A normalized distribution name: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, '-')
    .toLowerCase();
}

const NAME = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

/** What can follow a name and its extras: a URL, or a range with or without parentheses, and then a marker. */
const REST = /^(?:@\s*(\S+)|\(\s*([^)]*)\)|([<>=!~^][^;]*))?\s*(?:;\s*(.*))?$/s;

/** Undefined if the line is not a requirement. */
export function requirement(text: string): Requirement | undefined {
  const [, name, extras = '', rest = ''] = NAME.exec(text) ?? [];
  const match = REST.exec(rest);
  if (name === undefined || match === null) return undefined;
  const [, url, inBrackets, bare, marker] = match;
  const specifier = inBrackets ?? bare ?? '';
  return {
    name: normalName(name),
    extras: extras
      .split(',')
      .map(normalName)
      .filter((extra) => extra !== ''),
    specifier: specifier.replace(/\s+/g, ''),
    ...(url !== undefined && { url }),
    ...(marker !== undefined && marker.trim() !== '' && { marker: marker.trim() }),
  };
}

/** The requirements among the lines. */
export function requirements(lines: readonly string[]): Requirement[] {
  return lines.flatMap((line) => requirement(line) ?? []);
}

/** Whether a requirement applies to the image. */
export function applies({ marker, python }: Requirement, target: Target, extras: readonly string[] = []): boolean {
  return markerHolds(marker, target, extras) && (python === undefined || inRange(target.version, python) !== false);
}

/** A requirement that applies only with some extras. */
export function onlyWith(one: Requirement, extras: readonly string[]): Requirement {
  const condition = extras.map((extra) => `extra == '${extra}'`).join(' or ') || "extra == ''";
  return { ...one, marker: one.marker === undefined ? condition : `(${one.marker}) and (${condition})` };
}
