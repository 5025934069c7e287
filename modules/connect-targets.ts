import { SES } from './access/ses';
import { type ConnectEntry, connectEntry } from './config/connect-to';
import type { ResourceCatalog } from './resources/catalog';
import type { ConnectSource } from './resources/connect';
import { FUNCTION } from './resources/function';
import type { ConnectTarget, ConnectTargetOf } from './resources/referables';
import { jobDefinitionName, jobLogGroupName, stateMachineName } from './rules/job-names';
import { NAME_LIMITS, physicalName } from './rules/naming';
import type { Resource } from './stack-config/resources';
import type { AwsContext } from './terraform/aws-context';

interface ConnectContext {
  readonly stackName: string;
  readonly resources: { readonly [name: string]: Resource };
  readonly catalog: ResourceCatalog;
  readonly aws: AwsContext;
  /** ARNs of a job's queues. The stack can create the job later. */
  queueArns(job: string): readonly string[];
}

/** The resources that the entries of `connectTo` refer to. Used only by the stack: constructs below it get resources, not names. */
export function connectSources(entries: readonly ConnectEntry[], context: ConnectContext): ConnectSource[] {
  const known = new Map<string, ConnectTarget>();
  return entries.map((entry): ConnectSource => {
    const { name, ...narrowing } = connectEntry(entry);
    if (name === SES) return SES;
    // The same object for several parts of one resource.
    const resource = known.get(name) ?? connectable(name, context);
    known.set(name, resource);
    return { name, resource, ...narrowing };
  });
}

function connectable(name: string, context: ConnectContext): ConnectTarget {
  const { resources, catalog } = context;
  const resource = resources[name];
  if (resource === undefined) throw new Error(`the stack has no resource "${name}"`);
  switch (resource.type) {
    case 'batch-job':
      return jobTarget(name, resource, context);
    case 'function':
      if (resource.existing === undefined) return functionTarget(name, resource, context);
      return catalog.get(name, FUNCTION);
    default:
      // Other checks have refused the types that can't be connected to.
      return catalog.get<unknown>(name, resource) as ConnectTarget;
  }
}

/**
 * A job by its names, which are known before it is created. With references, jobs that connect to each other or to themselves would wait
 * for each other indefinitely.
 */
function jobTarget(
  name: string,
  { properties }: Extract<Resource, { type: 'batch-job' }>,
  { stackName, aws, queueArns }: ConnectContext,
): ConnectTargetOf<'batch-job'> {
  const arn = aws.arn('states', `stateMachine:${stateMachineName(stackName, name)}`);
  const logGroup = properties.logging.disabled ? undefined : jobLogGroupName(stackName, name);
  return {
    type: 'batch-job',
    arn,
    params: {
      stateMachineArn: arn,
      jobDefinitionArn: aws.arn('batch', `job-definition/${jobDefinitionName(stackName, name)}`),
      logGroupArn: logGroup && aws.arn('logs', `log-group:${logGroup}`),
    },
    queueArns: queueArns(name),
  };
}

/** A function by its name, for the same reason. */
function functionTarget(
  name: string,
  { properties }: Extract<Resource, { type: 'function' }>,
  { stackName, aws }: ConnectContext,
): ConnectTargetOf<'function'> {
  const functionName = physicalName(NAME_LIMITS.lambdaFunction, stackName, name);
  const arn = aws.arn('lambda', `function:${functionName}`);
  const logs =
    properties?.logging.disabled === true ? undefined : aws.arn('logs', `log-group:/aws/lambda/${functionName}`);
  // Its address is known only once the function exists, and the function can wait for what connects to it.
  return { type: 'function', arn, params: { arn, name: functionName, logGroupArn: logs, url: undefined } };
}
