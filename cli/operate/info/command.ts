import { formatCount } from '../../../modules/problems/phrases';
import { QUOTAS } from '../../../modules/rules/quotas';
import { DONE } from '../../command/exit-code';
import { printMessage } from '../../command/terminal-lines';
import { UsageError } from '../../command/usage-error';
import { visibleText } from '../../command/visible-text';
import { type Deployment, withDeployment } from '../deployment';
import { Optional } from '../optional';
import type { AwsOptions } from '../options';
import { tableWidth } from '../table';
import { gather } from './gather';
import { infoLines } from './info-text';
import { keyPolicy } from './key-policy';
import { operatorPolicy, type PolicyKind, policySize } from './policy';

export interface InfoOptions extends AwsOptions {
  readonly policy?: PolicyKind | 'key';
}

/** Prints what is deployed, or the policy that a person needs. */
export async function info(name: string | undefined, options: InfoOptions): Promise<number> {
  if (options.policy !== undefined && name !== undefined) {
    throw new UsageError('--policy is for the whole stack. Remove the name of the job.');
  }
  return withDeployment(options, async (deployment) => {
    if (options.policy === 'key') return printKeyPolicy(deployment);
    if (options.policy !== undefined) return printPolicy(deployment, options.policy);
    const jobs = name === undefined ? [...deployment.jobs.values()] : [deployment.jobNamed(name)];
    if (jobs.length === 0) throw new UsageError(`Stack ${deployment.stackName} has no batch job.`);
    const facts = await gather(deployment, jobs, { optional: new Optional() });
    if (options.json) console.log(JSON.stringify(facts, undefined, 2));
    else {
      const lines = infoLines(facts, tableWidth(process.stdout), name !== undefined);
      for (const line of lines) console.log(visibleText(line, true));
    }
    return DONE;
  });
}

function printKeyPolicy(deployment: Deployment): number {
  if (deployment.config.encryption?.kmsKeyArn === undefined) {
    throw new UsageError('The config names no key. Set encryption.kmsKeyArn first.');
  }
  console.log(JSON.stringify(keyPolicy(deployment), undefined, 2));
  return DONE;
}

function printPolicy(deployment: Deployment, kind: PolicyKind): number {
  const policy = operatorPolicy(deployment, kind);
  console.log(JSON.stringify(policy, undefined, 2));
  const size = policySize(policy);
  if (size > QUOTAS.managedPolicy) {
    const counts = `${formatCount(size)} characters, and a managed policy can have ${formatCount(QUOTAS.managedPolicy)}`;
    printMessage(`The policy has ${counts}: divide its statements between two policies.`);
  }
  return DONE;
}
