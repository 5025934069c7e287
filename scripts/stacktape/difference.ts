/** What a config of Stacktape's form gives here: it passes with a hint or with these resources, or it is refused. */
export interface Outcome {
  /** Arguments of a resource of each Terraform type, among others. A pattern is for a string. */
  readonly creates?: { readonly [terraformType: string]: object };
  /** The beginning of a hint of synthesis. */
  readonly hint?: string;
  /** Path of each problem, and what its fix has. */
  readonly refused?: readonly (readonly [path: string, fix: string])[];
}

/** A difference from Stacktape, and a config that shows it. */
export interface Difference {
  /** What the original does. */
  readonly stacktape: string;
  /** What this project does with the same words. */
  readonly here: string;
  /** What to do. */
  readonly change: string;
  readonly config: object;
  readonly outcome: Outcome;
  /** The config after the change. It must pass. @default no other config: the change is a choice, or beside the config */
  readonly changed?: object;
}

const CONTAINER = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } };

/** The properties of a job that have to be there, with others. */
export function job(properties: object = {}): object {
  return { type: 'batch-job', properties: { container: CONTAINER, resources: { cpu: 1, memory: 512 }, ...properties } };
}

/** A config with these resources and properties. */
export function config(resources: object, properties: object = {}): object {
  return { stackName: 'harvest', ...properties, resources };
}

/** A config with the job `tally`, and with what it needs. */
export function withJob(properties: object, resources: object = {}): object {
  return config({ tally: job(properties), ...resources });
}
