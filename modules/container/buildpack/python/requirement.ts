import { markerHolds, type Target } from './marker';
import { inRange } from './version';

/** A requirement in the form of PEP 508, or what a manifest of another form says. */
export interface Requirement {
  /** Normalized. */
  readonly name: string;
  readonly extras: readonly string[];
  /** Range of versions, without spaces; empty for any, and for what `url` names. */
  readonly specifier: string;
  /** Where it is fetched from, if that is named. */
  readonly url?: string;
  readonly marker?: string;
  /** Range of Python's versions that it is for. @default all */
  readonly python?: string;
}

/** A distribution's name as packaging tools compare it: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, '-')
    .toLowerCase();
}

const NAME = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

/** What may follow a name and its extras: where it is fetched from, or a range with or without brackets; then a marker. */
const REST = /^(?:@\s*(\S+)|\(\s*([^)]*)\)|([<>=!~^][^;]*))?\s*(?:;\s*(.*))?$/s;

/** Undefined for what is no requirement. */
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

/** Those of some lines that are requirements. */
export function requirements(lines: readonly string[]): Requirement[] {
  return lines.flatMap((line) => requirement(line) ?? []);
}

/** Whether a requirement is one in the image. */
export function applies({ marker, python }: Requirement, target: Target, extras: readonly string[] = []): boolean {
  return markerHolds(marker, target, extras) && (python === undefined || inRange(target.version, python) !== false);
}

/** A requirement that is one with some sets of optional packages only. */
export function onlyWith(one: Requirement, extras: readonly string[]): Requirement {
  const condition = extras.map((extra) => `extra == '${extra}'`).join(' or ') || "extra == ''";
  return { ...one, marker: one.marker === undefined ? condition : `(${one.marker}) and (${condition})` };
}
