import {
  LambdaEventSourceMapping,
  type LambdaEventSourceMappingConfig,
} from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import type { Construct } from 'constructs';
import type { Statement } from '../modules/access/policy';
import type { EventTarget } from '../modules/invocation/event-target';
import { jsonLiteral } from '../modules/terraform/literal';
import type { FilterCriteria } from './filter-criteria';
import type { StreamSettings } from './stream';

export interface EventSourceMappingProps {
  readonly target: EventTarget;
  /** ARN of the source: a queue, a stream, or a stream's consumer. */
  readonly eventSourceArn: string;
  /** Permissions that the function's role needs so that Lambda can read the source. */
  readonly access: readonly Statement[];
  /** Which records are read, and how they are grouped into batches. */
  readonly batching: {
    readonly batchSize: number;
    readonly maxBatchWindowSeconds?: number;
    readonly filterCriteria?: FilterCriteria;
  };
  /** Settings that only queues or only streams have. @default none */
  readonly reading?: Partial<LambdaEventSourceMappingConfig>;
}

/** An event source mapping: Lambda polls a queue or stream and invokes the function with one batch at a time. */
export function createEventSourceMapping(scope: Construct, props: EventSourceMappingProps): LambdaEventSourceMapping {
  const { target, eventSourceArn, access, batching, reading } = props;
  const policy = target.grant(scope, access);
  return new LambdaEventSourceMapping(scope, 'Mapping', {
    functionName: target.function.arn,
    eventSourceArn,
    batchSize: batching.batchSize,
    maximumBatchingWindowInSeconds: batching.maxBatchWindowSeconds,
    ...(batching.filterCriteria && { filterCriteria: { filter: filters(batching.filterCriteria) } }),
    tags: target.tags,
    ...reading,
    // Lambda polls as soon as the mapping is created, and rejects the mapping if it has no permission.
    dependsOn: [policy],
  });
}

/** The filters as Lambda takes them: each pattern is JSON. */
function filters(criteria: FilterCriteria): { readonly pattern: string }[] {
  return criteria.filters.map(({ pattern }) => ({ pattern: jsonLiteral(pattern) }));
}

/** The destination for discarded batches: that of the settings, or the queue of undelivered events. */
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

/** How a stream is read: the starting position, the number of concurrent batches, and the handling of a batch that starts no job. */
export function streamReading(
  settings: StreamSettings,
  failure: FailureDestination,
): Partial<LambdaEventSourceMappingConfig> {
  const {
    startingPosition,
    startingPositionTimestamp,
    maximumRetryAttempts,
    parallelizationFactor,
    bisectBatchOnFunctionError,
  } = settings;
  return {
    startingPosition,
    startingPositionTimestamp,
    maximumRetryAttempts,
    parallelizationFactor,
    bisectBatchOnFunctionError,
    destinationConfig: { onFailure: { destinationArn: failure.arn } },
  };
}

/** Lets the function's role write to the destination, which Lambda uses to report a discarded batch. */
export function failureAccess({ arn, type }: FailureDestination): Statement {
  return { Sid: 'ReportGivenUp', Action: [type === 'sns' ? 'sns:Publish' : 'sqs:SendMessage'], Resource: [arn] };
}
