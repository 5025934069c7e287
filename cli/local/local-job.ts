import type { BatchJob } from '../../modules/batch-job';
import type { BuildContext } from '../../modules/container/build-context';
import { isBuilt } from '../../modules/container/build-plan';
import { itemsProgram } from '../../modules/orchestration/items-bundle';
import type { JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import type { StateMachineDocument } from '../../modules/orchestration/states-language';
import { bundleTriggerFunction } from '../../modules/orchestration/trigger-bundle';
import { suggestion } from '../../modules/problems/suggestion';
import { partitionOf } from '../../modules/rules/partitions';
import type { BatchJobsStack } from '../../modules/stack';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import { resolved } from '../../modules/terraform/resolved';
import { templateDocument } from '../../modules/terraform/template';
import type { JobEvent } from '../../triggers/events';
import type { SampleContext } from '../../triggers/sample-context';
import { UsageError } from '../command/usage-error';
import type { DeployedStack } from './deployed-stack';
import type { Emulator } from './emulator/emulator';
import { type JobResource, jobResources } from './emulator/job-resources';
import type { Fill } from './fill';
import { containerOf, type LocalContainer, partsOf, type Unknown } from './local-container';
import { ACCOUNT } from './nobodys-account';
import { Placeholders } from './placeholders';
import { type SampleTime, stackSampleContext } from './stack-sample-context';
import { createStackInMemory, documentOf } from './stacks/stack-in-memory';
import { attributesIn, retryStrategyIn } from './terraform-attributes';

/** A function that AWS would run. */
export interface LocalFunction {
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A job of a config as it would be deployed, with nothing of AWS in it but names. */
export interface LocalJob {
  readonly name: string;
  /** Name of its stack. */
  readonly stack: string;
  /** The state machine's document. */
  readonly definition: StateMachineDocument;
  readonly container: LocalContainer;
  /** Names of job queues, by the placeholder of their ARN. */
  readonly queueNames: ReadonlyMap<string, string>;
  /** Parts of the container in which something is a placeholder that only a deployment fills. */
  readonly unknown: readonly Unknown[];
  /** How AWS Batch itself restarts the job; undefined if it does not. */
  readonly retry?: JobRetryStrategy;
  readonly trigger: LocalFunction;
  /** Placeholder of the ARN of the function that writes connection strings. Undefined without them. */
  readonly stringsFunctionArn?: string;
  /** The function that finds the items. Undefined without `forEach`. */
  readonly items?: LocalFunction;
  readonly events: readonly JobEvent[];
  readonly packaging: ResolvedBatchJobProps['container']['packaging'];
  /** What the image is built of, if it is. */
  readonly context?: BuildContext;
  readonly sampleContext: SampleContext;
  /** What the job refers to, if it runs with an emulator. */
  readonly emulated: readonly JobResource[];
}

/** Region of a stack that takes its from the environment, where that names none. */
export const DEFAULT_REGION = 'us-east-1';
/** Of a run without an emulator. */
export const PAYLOAD_BUCKET = 'local-payloads';

interface SynthesisOptions extends SampleTime {
  /** What is known of the stack's deployment. @default nothing */
  readonly deployed?: DeployedStack;
  /** Has the stack's resources. @default there is none */
  readonly emulator?: Pick<Emulator, 'endpoint' | 'account'>;
}

/**
 * Synthesizes a config in memory and takes one job out of it.
 *
 * @throws UsageError if there is no such job
 * @throws ConfigError if the config cannot be synthesized
 */
export function localJob({ file, config }: LoadedConfig, name: string, options: SynthesisOptions): LocalJob {
  const properties = jobProperties(config, name);
  const stack = createStackInMemory({ file, config });
  const job = stack.jobs.get(name);
  if (job === undefined) throw new Error(`the stack made no job "${name}"`);
  const region = regionOf(config, options.deployed) ?? DEFAULT_REGION;
  const environment = { region, account: options.emulator?.account ?? options.deployed?.account ?? ACCOUNT };
  const document = documentOf(stack);
  const placeholders = new Placeholders(document, environment, options.deployed, options.emulator?.endpoint);
  const fill = <T>(value: T): T => placeholders.fill(resolved(stack, value));
  const { retry_strategy } = attributesIn(document, job.jobDefinition);
  const { definition } = attributesIn(document, job.stateMachine.stateMachine);
  const container = containerOf(document, job, properties.resources, fill, config.stackName);
  // Of the container alone: what is filled in below knows more placeholders.
  const unknown = [...placeholders.unknown];
  const { packaging } = properties.container;
  return {
    name,
    stack: config.stackName,
    definition: fill((templateDocument(definition) ?? job.stateMachine.document) as StateMachineDocument),
    container,
    queueNames: queueNames(placeholders),
    unknown: partsOf(container, isBuilt(packaging)).filter(({ text }) =>
      unknown.some((expression) => text.includes(`<${expression}>`)),
    ),
    retry: fill(retryStrategyIn(retry_strategy)),
    trigger: {
      bundle: bundleTriggerFunction(),
      variables: triggerVariables(job, region, fill, options.emulator !== undefined),
    },
    ...(job.connectionStrings !== undefined && {
      stringsFunctionArn: fill(job.connectionStrings.function.function.arn),
    }),
    ...(job.items !== undefined && {
      items: {
        bundle: itemsProgram.text(),
        variables: functionVariables(job.items, region, fill, options.emulator !== undefined),
      },
    }),
    events: properties.events,
    packaging,
    context: stack.buildContexts.get(name),
    sampleContext: stackSampleContext(stack, config, name, environment, options, fill),
    emulated:
      options.emulator === undefined
        ? []
        : jobResources(name, { config, document, fill, physicalName: (of) => physicalNameOf(stack, of, fill) }),
  };
}

/** Region of a stack: its own, that of its deployment, that of the environment; undefined if none tells. */
export function regionOf({ region }: ResolvedConfig, deployed: DeployedStack | undefined): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [region, deployed?.region, AWS_REGION, AWS_DEFAULT_REGION].find((name) => name);
}

function queueNames(placeholders: Placeholders): Map<string, string> {
  const addresses = placeholders.addresses('aws_batch_job_queue');
  return new Map(
    addresses.map((address) => [placeholders.text(`\${${address}.arn}`), placeholders.text(`\${${address}.name}`)]),
  );
}

/** @throws UsageError if there is no such job */
export function jobProperties({ resources }: ResolvedConfig, name: string): ResolvedBatchJobProps {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource?.type === 'batch-job') return resource.properties;
  const jobs = Object.entries(resources).flatMap(([key, { type }]) => (type === 'batch-job' ? [key] : []));
  const meant = suggestion(name, jobs);
  const found = resource === undefined ? `There is no job "${name}"` : `"${name}" is a ${resource.type}, not a job`;
  throw new UsageError(
    `${found}. ${meant === undefined ? `The jobs are: ${jobs.join(', ') || 'none'}.` : `Did you mean "${meant}"?`}`,
  );
}

/** Name of a companion in AWS. */
function physicalNameOf(stack: BatchJobsStack, name: string, fill: Fill): string | undefined {
  const { params = {} } = (stack.node.tryFindChild(name) ?? {}) as { params?: { [param: string]: string } };
  return params.name === undefined ? undefined : fill(params.name);
}

function triggerVariables(
  { trigger, name, stateMachine }: BatchJob,
  region: string,
  fill: Fill,
  keepsBucket: boolean,
): { readonly [name: string]: string } {
  const machine = fill(stateMachine.stateMachine.nameInput ?? name);
  return {
    ...functionVariables(trigger, region, fill, keepsBucket),
    STATE_MACHINE_ARN: `arn:${partitionOf(region)}:states:${region}:${ACCOUNT}:stateMachine:${machine}`,
  };
}

/** @param keepsBucket whether the payload bucket is in an emulator */
function functionVariables(
  { function: deployed }: Pick<BatchJob['trigger'], 'function'>,
  region: string,
  fill: Fill,
  keepsBucket: boolean,
): { readonly [name: string]: string } {
  const variables = fill(deployed.environmentInput?.variables ?? {}) as { [name: string]: string };
  return { ...variables, ...(!keepsBucket && { PAYLOAD_BUCKET }), AWS_REGION: region };
}
