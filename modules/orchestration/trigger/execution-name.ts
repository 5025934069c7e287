import { createHash } from 'node:crypto';
import type { Identity } from './identity';

/** Maximum length of an execution's name in Step Functions, in characters. */
export const EXECUTION_NAME_MAX_LENGTH = 80;

/** Hexadecimal characters of SHA-256 in a name: 128 bits, enough to rule out collisions. */
const HASH_LENGTH = 32;

/**
 * `<job>-<hash>`: at most 80 characters of `[0-9A-Za-z_-]`, which CloudWatch Logs also accepts. Shortens a long job name, never the hash:
 * names are unique within the job's state machine, and only the hash identifies the event.
 */
export function executionName(jobName: string, identity: Identity): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([identity.kind, ...identity.parts]))
    .digest('hex')
    .slice(0, HASH_LENGTH);
  return executionNameStart(jobName) + hash;
}

/** What the names of all executions begin with that a job's events start: `<job>-`. */
export function executionNameStart(jobName: string): string {
  return `${jobName.replace(/[^0-9A-Za-z_-]/g, '-').slice(0, EXECUTION_NAME_MAX_LENGTH - HASH_LENGTH - 1)}-`;
}

/**
 * ARN of a state machine's execution. The `ExecutionAlreadyExists` error of Step Functions doesn't include it.
 *
 * @param stateMachineArn `arn:<partition>:states:<region>:<account>:stateMachine:<name>`
 */
export function executionArn(stateMachineArn: string, name: string): string {
  const [arn, partition, service, region, account, , stateMachine] = stateMachineArn.split(':');
  return [arn, partition, service, region, account, 'execution', stateMachine, name].join(':');
}
