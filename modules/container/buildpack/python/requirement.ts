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

const FORM =
  /^\s*([A-Za-z0-9][\w.-]*?)\s*(?:\[([^\]]*)\])?\s*(?:@\s*(\S+)|\(?\s*((?:[<>=!~^]|\d)[^;)]*)\)?)?\s*(?:;\s*(.*))?$/s;

/** Undefined for what is no requirement. */
export function requirement(text: string): Requirement | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, name = '', extras = '', url, specifier = '', marker] = match;
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
