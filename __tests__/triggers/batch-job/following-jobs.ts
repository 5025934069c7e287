import { SMALLEST_JOB } from '../../stack-config/samples';

export type Events = readonly { readonly [property: string]: unknown }[];

/** A config of jobs with events of the type `batch-job`. */
export function config(jobs: { readonly [name: string]: Events }, others: object = {}): unknown {
  const resources = Object.entries(jobs).map(([name, events]) => [
    name,
    {
      type: 'batch-job',
      properties: { ...SMALLEST_JOB, events: events.map((properties) => ({ type: 'batch-job', properties })) },
    },
  ]);
  return { stackName: 'shop', region: 'eu-west-1', resources: { ...Object.fromEntries(resources), ...others } };
}

export const own = (job: string, { region = 'eu-west-1', account = '123456789012' } = {}) =>
  `arn:aws:states:${region}:${account}:stateMachine:shop-${job}`;
export const param = (job: string) => `$ResourceParam('${job}', 'stateMachineArn')`;
export const at = (job: string, index: number) => `resources.${job}.properties.events[${index}]`;
