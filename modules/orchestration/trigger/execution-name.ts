import { createHash } from 'node:crypto';
import type { Identity } from './identity';

/** Longest name that Step Functions gives an execution, in characters. */
export const EXECUTION_NAME_MAX_LENGTH = 80;

/** Hexadecimal characters of SHA-256 that a name carries: 128 bits, beyond chance collisions. */
const HASH_LENGTH = 32;

/**
 * `<job>-<hash>`: at most 80 characters of `[0-9A-Za-z_-]`, which is what Step Functions also accepts in its logs.
 * A long job name is cut, the hash never: names are unique within the job's own state machine, and the hash alone
 * decides which event is meant.
 */
export function executionName(jobName: string, identity: Identity): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([identity.kind, ...identity.parts]))
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const job = jobName.replace(/[^0-9A-Za-z_-]/g, '-').slice(0, EXECUTION_NAME_MAX_LENGTH - HASH_LENGTH - 1);
  return `${job}-${hash}`;
}

/**
 * ARN of a state machine's execution. Step Functions does not repeat it when it answers `ExecutionAlreadyExists`.
 *
 * @param stateMachineArn `arn:<partition>:states:<region>:<account>:stateMachine:<name>`
 */
export function executionArn(stateMachineArn: string, name: string): string {
  const [arn, partition, service, region, account, , stateMachine] = stateMachineArn.split(':');
  return [arn, partition, service, region, account, 'execution', stateMachine, name].join(':');
}
