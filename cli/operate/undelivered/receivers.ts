import { parseResourceParam } from '../../../modules/config/directive';
import { imageBuilderName, queueName, topicName } from '../../../modules/rules/job-names';
import type { JobEvent, JobEventOf } from '../../../triggers/events';
import type { Deployment } from '../deployment';

/** What a function of the stack receives. */
export interface Receiver {
  readonly job?: string;
  /** A function of the config. */
  readonly function?: string;
  /** What another function of the stack is, as a phrase. */
  readonly other?: string;
}

/** Who receives what: the functions of the stack, and the jobs and functions that listen to its topics. */
export class Receivers {
  private readonly functions = new Map<string, Receiver>();

  constructor(private readonly deployment: Deployment) {
    const { nameStart, functions, jobs } = deployment;
    for (const [name, { functionName }] of functions) this.functions.set(functionName, { function: name });
    this.functions.set(imageBuilderName(nameStart), { other: 'the image builder' });
    for (const [job, { triggerFunctionName }] of jobs) this.functions.set(triggerFunctionName, { job });
  }

  /** @param arn of a function, with or without a version. Empty for a function that the config does not have */
  ofFunction(arn: string): Receiver {
    return this.functions.get(functionOf(arn)) ?? {};
  }

  /** Jobs that a topic's messages start, if those that are not delivered are sent to a queue. */
  ofTopic(topicArn: string, queueArn: string): string[] {
    return [...this.deployment.jobs.values()]
      .filter(({ properties }) => this.listens(properties.events, topicArn, queueArn))
      .map(({ name }) => name);
  }

  /** Functions of the config that a topic's messages invoke, if those that are not delivered are sent to a queue. */
  functionsOfTopic(topicArn: string, queueArn: string): string[] {
    return [...this.deployment.functions.values()]
      .filter(({ properties }) => this.listens(properties.events, topicArn, queueArn))
      .map(({ name }) => name);
  }

  private listens(events: readonly JobEvent[], topicArn: string, queueArn: string): boolean {
    return events.some(
      (event) =>
        event.type === 'sns' &&
        [topicArn, undefined].includes(topicArnOf(event, this.deployment)) &&
        [queueArn, undefined].includes(deadLetterArnOf(event, this.deployment)),
    );
  }
}

/** The jobs and functions of the config that an entry is for. */
export function receiversIn(receiver: Receiver): { readonly jobs: string[]; readonly functions: string[] } {
  return {
    jobs: receiver.job === undefined ? [] : [receiver.job],
    functions: receiver.function === undefined ? [] : [receiver.function],
  };
}

/** Why an event of a function of AWS cannot be sent again. Undefined if the function is that of a job or of the config. */
export function obstacle(receiver: Receiver, name: string): string | undefined {
  if (receiver.job !== undefined || receiver.function !== undefined) return undefined;
  if (receiver.other !== undefined) return `It is for ${receiver.other} (${name}), and starts no job.`;
  return `Its function ${name} belongs to no job and no function of this config.`;
}

/** Name of a function in its ARN. */
export function functionOf(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

/** ARN of the topic of an event. Undefined if only AWS knows it. */
function topicArnOf({ properties }: JobEventOf<'sns'>, deployment: Deployment): string | undefined {
  const { snsTopicName, snsTopicArn } = properties;
  const name = snsTopicName ?? resourceIn(snsTopicArn);
  if (name === undefined) return literalArn(snsTopicArn);
  const resource = deployment.config.resources[name];
  if (resource?.type !== 'sns-topic') return undefined;
  const fifo = resource.properties?.fifoEnabled ?? false;
  return resource.existing?.arn ?? deployment.arn('sns', topicName(deployment.nameStart, name, fifo));
}

/** ARN of the queue for what a service could not deliver to a job: the stack's if the event has no other. Undefined if only AWS knows it. */
export function deadLetterArnOf(
  { properties: { onDeliveryFailure } }: JobEventOf<'sns' | 'event-bus'>,
  deployment: Deployment,
): string | undefined {
  if (onDeliveryFailure === undefined) return deployment.arn('sqs', deployment.undeliveredEventsName);
  const { sqsQueueName, sqsQueueArn } = onDeliveryFailure;
  const name = sqsQueueName ?? resourceIn(sqsQueueArn);
  return name === undefined ? literalArn(sqsQueueArn) : queueArnOf(name, deployment);
}

/** ARN of a queue of the config. */
function queueArnOf(name: string, deployment: Deployment): string | undefined {
  const resource = deployment.config.resources[name];
  if (resource?.type !== 'sqs-queue') return undefined;
  const fifo = resource.properties?.fifoEnabled ?? false;
  return resource.existing?.arn ?? deployment.arn('sqs', queueName(deployment.nameStart, name, fifo));
}

/** Name of the resource of the config that a directive for an ARN refers to. */
function resourceIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseResourceParam(text)?.resource;
}

function literalArn(text: string | undefined): string | undefined {
  return text?.startsWith('arn:') ? text : undefined;
}
