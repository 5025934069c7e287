import { bucketPrefix, NAME_LIMITS, physicalName } from './naming';

/** Name of a job's state machine. */
export function stateMachineName(stackName: string, jobName: string): string {
  return physicalName(NAME_LIMITS.stateMachine, stackName, jobName);
}

/** Name of a job's definition in AWS Batch, without a revision. */
export function jobDefinitionName(stackName: string, jobName: string): string {
  return physicalName(NAME_LIMITS.jobDefinition, stackName, jobName);
}

/** Parts of the names of the function that a job's events invoke, and of its role. */
export function triggerNameParts(stackName: string, jobName: string): string[] {
  return [stackName, jobName, 'trigger'];
}

/** Parts of the names of the function that finds the items of a job's runs, and of its role. */
export function itemsNameParts(stackName: string, jobName: string): string[] {
  return [stackName, jobName, 'items'];
}

/** Parts of the names of the function that writes a job's connection strings, and of its role. */
export function stringsNameParts(stackName: string, jobName: string): string[] {
  return [stackName, jobName, 'strings'];
}

/** Name of the secret with a job's connection strings. */
export function stringsSecretName(stackName: string, jobName: string): string {
  return physicalName(NAME_LIMITS.secret, stackName, jobName, 'connection-strings');
}

/** Name of the function that a job's events invoke. */
export function triggerFunctionName(stackName: string, jobName: string): string {
  return physicalName(NAME_LIMITS.lambdaFunction, ...triggerNameParts(stackName, jobName));
}

/** Name of the log group that a job's containers write to: `/batch-jobs/<stack>/<job>`. */
export function jobLogGroupName(stackName: string, jobName: string): string {
  return `/batch-jobs/${physicalName(NAME_LIMITS.logGroup - '/batch-jobs/'.length, `${stackName}/${jobName}`)}`;
}

/** A part of names of what keeps the places of runs. No resource of a config has it, because its names contain no hyphen. */
export const RUN_PLACES = 'run-places';

/** Name of a stack's table of places. */
export function placesTableName(stackName: string): string {
  return physicalName(NAME_LIMITS.dynamoDbTable, stackName, RUN_PLACES);
}

/** Name of a stack's queue of undelivered events. */
export function undeliveredEventsName(stackName: string): string {
  return physicalName(NAME_LIMITS.sqsQueue, stackName, 'undelivered-events');
}

/** Parts of the payload bucket's name. */
export function payloadBucketParts(stackName: string): string[] {
  return [stackName, 'events'];
}

/** The beginning of the payload bucket's name, which ends with a number that the Terraform provider appends. */
export function payloadBucketPrefix(stackName: string): string {
  return bucketPrefix(...payloadBucketParts(stackName));
}

/** Name of the function that has a stack's images built. */
export function imageBuilderName(stackName: string): string {
  return physicalName(NAME_LIMITS.lambdaFunction, stackName, 'image-builder');
}

/** Name of a resource of type `function`. */
export function functionName(stackName: string, name: string): string {
  return physicalName(NAME_LIMITS.lambdaFunction, stackName, name);
}

/** Name of a queue that a stack creates. */
export function queueName(stackName: string, name: string, fifo: boolean): string {
  return suffixed(NAME_LIMITS.sqsQueue, stackName, name, fifo);
}

/** Name of a topic that a stack creates. */
export function topicName(stackName: string, name: string, fifo: boolean): string {
  return suffixed(NAME_LIMITS.snsTopic, stackName, name, fifo);
}

function suffixed(limit: number, stackName: string, name: string, fifo: boolean): string {
  const suffix = fifo ? '.fifo' : '';
  return `${physicalName(limit - suffix.length, stackName, name)}${suffix}`;
}
