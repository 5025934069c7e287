import type { Deployment } from '../deployment';

/** Slow to load. */
type StackInMemory = typeof import('../../local/stacks/stack-in-memory');

/** Arguments of a Terraform resource. Strings can contain references as `${...}`. */
type Block = { readonly [argument: string]: unknown };

/** The parts of a job that the config would deploy, as Terraform JSON. */
export interface ExpectedJob {
  readonly definition: Block;
  /** The state machine's definition as JSON. */
  readonly stateMachine: string;
  /** Names of resources that references refer to, by the reference's start: `aws_batch_job_queue.<id>`. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The jobs that a synthesis of the config would deploy, by name. Nothing is left behind.
 *
 * @throws any error of the synthesis: images whose files are missing, problems that only the whole stack shows
 */
export function expectedJobs({
  file,
  config,
  region,
  stackName,
}: Pick<Deployment, 'file' | 'config' | 'region' | 'stackName'>): Map<string, ExpectedJob> {
  const { documentOf, createStackInMemory } = require('../../local/stacks/stack-in-memory') as StackInMemory;
  const document = documentOf(createStackInMemory({ file, config: { ...config, region } }));
  const { resource = {} } = document as { resource?: { [type: string]: { [id: string]: Block } } };
  const names = new Map(
    Object.entries(resource).flatMap(([type, blocks]) =>
      Object.entries(blocks).flatMap(([id, { name }]) =>
        typeof name === 'string' ? [[`${type}.${id}`, name] as const] : [],
      ),
    ),
  );
  const machines = byJob(resource.aws_sfn_state_machine, stackName);
  return new Map(
    [...byJob(resource.aws_batch_job_definition, stackName)].flatMap(([job, definition]) => {
      const stateMachine = machines.get(job)?.definition;
      return typeof stateMachine === 'string' ? [[job, { definition, stateMachine, names }] as const] : [];
    }),
  );
}

/** Blocks by the job that their construct belongs to: `<stack>/<job>/...`. */
function byJob(blocks: { readonly [id: string]: Block } = {}, stackName: string): Map<string, Block> {
  return new Map(
    Object.values(blocks).flatMap((block) => {
      const { path = '' } = (block['//'] as { metadata?: { path?: string } } | undefined)?.metadata ?? {};
      const [stack, job = ''] = path.split('/');
      return stack === stackName ? [[job, block] as const] : [];
    }),
  );
}
