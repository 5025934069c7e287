import { configProblems, SMALLEST_JOB } from './samples';

/** A job that events of one type start; each given by its properties. */
export function jobOf(type: string, ...properties: object[]): object {
  const events = properties.map((item) => ({ type, properties: item }));
  return { type: 'batch-job', properties: { ...SMALLEST_JOB, events } };
}

/** What is wrong with a config of these resources, each as `<path from resources on>: <fix>`. */
export function fixesFor(resources: object, more: object = {}): string[] {
  return configProblems({ stackName: 'reports', resources, ...more }).map(
    ({ path, fix }) => `${path.replace(/^resources\./, '')}: ${fix}`,
  );
}
