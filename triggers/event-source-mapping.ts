import {
  LambdaEventSourceMapping,
  type LambdaEventSourceMappingConfig,
} from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { Construct } from 'constructs';
import type { Statement } from '../modules/access/policy';
import type { StreamSettings } from '../modules/config/events/stream';
import type { EventTarget } from './event-target';

export interface EventSourceMappingProps {
  readonly target: EventTarget;
  /** ARN of what is read: a queue, a stream, or a stream's consumer. */
  readonly eventSourceArn: string;
  /** What the function's role must be allowed for Lambda to read on its behalf. */
  readonly access: readonly Statement[];
  /** How records are gathered into batches. */
  readonly batching: { readonly batchSize: number; readonly maxBatchWindowSeconds?: number };
  /** What streams have beyond queues. @default none */
  readonly stream?: Partial<LambdaEventSourceMappingConfig>;
}

/** An event source mapping: Lambda reads a queue or stream and invokes the function with one batch at a time. */
export function eventSourceMapping(scope: Construct, props: EventSourceMappingProps): LambdaEventSourceMapping {
  const { target, eventSourceArn, access, batching, stream } = props;
  const policy = target.grant(scope, access);
  return new LambdaEventSourceMapping(scope, 'Mapping', {
    functionName: target.function.arn,
    eventSourceArn,
    batchSize: batching.batchSize,
    maximumBatchingWindowInSeconds: batching.maxBatchWindowSeconds,
    tags: target.tags,
    ...stream,
    // Lambda tries to read as soon as the mapping is made, and refuses to make it if it may not.
    dependsOn: [policy],
  });
}

/** Where the notice of a batch goes that was given up: where the settings say, else to the queue of undelivered events. */
export interface FailureDestination {
  readonly arn: string;
  readonly type: 'sns' | 'sqs';
}

/** The destination of {@link FailureDestination}. */
export function failureDestination(
  { onFailure }: Pick<StreamSettings, 'onFailure'>,
  target: EventTarget,
): FailureDestination {
  return onFailure ?? { arn: target.undeliveredEvents.arn, type: 'sqs' };
}

/** How a stream is read: from where, how many batches at once, and what becomes of one that starts no job. */
export function streamReading(
  settings: StreamSettings,
  failure: FailureDestination,
): Partial<LambdaEventSourceMappingConfig> {
  const { startingPosition, maximumRetryAttempts, parallelizationFactor, bisectBatchOnFunctionError } = settings;
  return {
    startingPosition,
    maximumRetryAttempts,
    parallelizationFactor,
    bisectBatchOnFunctionError,
    destinationConfig: { onFailure: { destinationArn: failure.arn } },
  };
}

/** Lets the function's role, with which Lambda sends the notice of a batch that was given up, reach its destination. */
export function failureAccess({ arn, type }: FailureDestination): Statement {
  return { Sid: 'ReportGivenUp', Action: [type === 'sns' ? 'sns:Publish' : 'sqs:SendMessage'], Resource: [arn] };
}
