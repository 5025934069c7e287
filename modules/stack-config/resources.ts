import { z } from 'zod';
import { events } from '../../triggers/event-list';
import { mapOf, strict, text } from '../config/checked';
import { overrides } from '../config/overrides';
import { capitalized } from '../problems/phrases';
import { companionSchemas } from '../resources/registry';
import { batchJobProps } from './batch-job';

/** A batch job. */
const batchJob = strict({
  /** A job that runs in a container until it is done. */
  type: z.literal('batch-job'),
  /** The job's container, size and event sources. */
  properties: batchJobProps,
  /** Terraform attributes for the job's resources, by name of the resource. They are merged with the generated attributes. @default none */
  overrides: overrides.optional(),
  /** Refuses plans that would delete or replace what holds the job's runs and logs: its queues, its state machine, its log groups and what it shares with other jobs. Terraform does while the job is in the config, `diff`, `deploy` and `destroy` also after you removed it. To delete it, first deploy with `false`. @default false */
  protect: z.boolean().optional(),
});

/** A resource of a config, by `type`. */
export const resource = z.discriminatedUnion('type', [batchJob, ...companionSchemas(events.default([]))]);

/** A resource with its defaults filled in. */
export type Resource = z.output<typeof resource>;

/** The resource of one `type`. */
export type ResourceOf<Type extends Resource['type']> = Extract<Resource, { type: Type }>;

/** The words of a name with separators as one: `nightlyReport` of `nightly-report`. Undefined if that is no name either. */
function joined(name: unknown): string | undefined {
  const [first = '', ...others] = String(name).split(/[^a-zA-Z0-9]+/);
  const word = [first, ...others.map(capitalized)].join('');
  return /^[a-zA-Z]/.test(word) ? word : undefined;
}

const resourceName = text({
  pattern: /^[a-zA-Z][a-zA-Z0-9]*$/,
  accepted: 'letters and digits, starting with a letter',
  acceptedAs: 'content',
  fix: (name) =>
    `use a name such as ${joined(name) ?? 'nightlyReport'}: it becomes part of Terraform ids and AWS names`,
});

/** The resources of a config, by name. */
export const resources = mapOf(resourceName, resource);
