import { configProblems, SMALLEST_JOB } from './samples';

/** A job that events of one type start; each given by its properties. */
export function jobOf(type: string, ...properties: object[]): object {
  const events = properties.map((item) => ({ type, properties: item }));
  return { type: 'batch-job', properties: { ...SMALLEST_JOB, events } };
}

/** A function that events of one type invoke; each given by its properties. */
export function functionOf(type: string, ...properties: object[]): { type: string; properties: object } {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'answer.ts' } };
  const events = properties.map((item) => ({ type, properties: item }));
  return { type: 'function', properties: { packaging, events } };
}

/** What is wrong with a config of these resources, each as `<path from resources on>: <fix>`. */
export function fixesFor(resources: object, more: object = {}): string[] {
  return configProblems({ stackName: 'reports', resources, ...more }).map(
    ({ path, fix }) => `${path.replace(/^resources\./, '')}: ${fix}`,
  );
}
