/** The source of a run that was started with the sample event of a trigger. Recordings keep it. */
export function sampleSource(type: string): string {
  return `sample of ${type}`;
}

/** The type of the trigger whose sample event a source names. Undefined for another source. */
export function sampledType(source: string): string | undefined {
  return /^sample of (.+)$/.exec(source)?.[1];
}
