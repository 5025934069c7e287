import { limitsIn } from '../../../modules/orchestration/places';
import { queueArns, readStates } from '../../../modules/orchestration/submissions';
import { errorMessage } from '../../../modules/problems/error-message';
import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import { consoleLinks } from '../links';
import type { Optional } from '../optional';
import { Addresses } from './addresses';
import { capacityOf } from './capacity';
import { expectedJobs } from './expected';
import type { JobFacts, StackFacts } from './facts';
import { comparisonOf, type Expectation, type Parts, partsOf } from './parts';
import { startsOf } from './starts';
import { volumesOf } from './volumes';

/**
 * What is deployed of some jobs.
 *
 * @throws CommandFailure if nothing of the stack is deployed
 */
export async function gather(
  deployment: Deployment,
  jobs: readonly DeployedJob[],
  { optional, now = new Date() }: { readonly optional: Optional; readonly now?: Date },
): Promise<StackFacts> {
  const parts = await bounded(jobs, (job) => partsOf(deployment, job));
  if (parts.every(({ machine, definition }) => machine === undefined && definition === undefined)) {
    throw deployment.notDeployed(jobs.length === 1 ? `Job ${jobs[0]?.name}` : undefined);
  }
  const expectation = expected(deployment);
  const addresses = new Addresses(deployment, optional);
  const found = await bounded(parts, async (part): Promise<JobFacts> => {
    const nothing = part.machine === undefined && part.definition === undefined;
    const starts = nothing ? [] : await startsOf(deployment, part.job, { addresses, optional, now });
    return jobFacts(deployment, part, starts, expectation);
  });
  const { queues, environments } = await capacityOf(deployment, [...new Set(found.flatMap((job) => job.queueArns))]);
  const { stackName: stack, account, region } = deployment;
  return { stack, account, region, jobs: found, queues, environments };
}

function expected(deployment: Deployment): Expectation {
  try {
    return { jobs: expectedJobs(deployment) };
  } catch (error) {
    return { reason: `the config cannot be synthesized: ${errorMessage(error).split('\n')[0]}` };
  }
}

function jobFacts(deployment: Deployment, part: Parts, starts: JobFacts['starts'], expectation: Expectation): JobFacts {
  const { job, machine, definition } = part;
  const missing = [
    ...(machine === undefined ? ['state machine'] : []),
    ...(definition === undefined ? ['job definition'] : []),
  ];
  const links = consoleLinks(deployment.region);
  const { jobDefinitionArn = '', revision = 0, containerProperties } = definition ?? {};
  return {
    name: job.name,
    missing,
    definition: definition && {
      arn: jobDefinitionArn,
      revision,
      image: containerProperties?.image ?? '',
      volumes: volumesOf(containerProperties ?? {}),
    },
    stateMachineArn: machine === undefined ? undefined : job.stateMachineArn,
    queueArns: machine === undefined ? [] : queueArns(machine),
    limits: machine === undefined ? undefined : limitsIn(readStates(machine)),
    starts,
    logGroup: job.logGroupName,
    comparison: comparisonOf(part, expectation),
    links: {
      ...(machine !== undefined && links && { stateMachine: links.stateMachine(job.stateMachineArn) }),
      ...(definition !== undefined && links && { jobDefinition: links.jobDefinition(jobDefinitionArn) }),
      ...(links && machine !== undefined && { triggerFunction: links.lambdaFunction(job.triggerFunctionName) }),
      ...(links && job.logGroupName !== undefined && { logs: links.logGroup(job.logGroupName) }),
    },
  };
}
