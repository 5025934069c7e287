/** The source of a run that no trigger and no sample started. */
export const BY_HAND = 'by hand';

/** The source of a run that was started with the sample event of a trigger. Recordings keep it. */
export function sampleSource(type: string): string {
  return `sample of ${type}`;
}

/** The type of the trigger whose sample event a source names. Undefined for another source. */
export function sampledType(source: string): string | undefined {
  return /^sample of (.+)$/.exec(source)?.[1];
}

/** What the source of a changed event begins with. */
const CHANGED = 'changed ';

/** The source of an event that was changed since. It is not changed twice. */
export function changedSource(source: string): string {
  return source.startsWith(CHANGED) ? source : CHANGED + source;
}
