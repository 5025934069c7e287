import { z } from 'zod';
import { across, type CheckContext, nonEmpty, numberIn, refuse, strict, type Unchecked } from './checked';
import { formatFound } from './problem';
import { scheduleExpressionProblem } from './schedule-expression';

const json = z.json();

const inputTransformer = strict({
  /** Names for parts of the event: each key is a name, each value a JSONPath such as `$.detail.id`. @default none */
  inputPathsMap: z.record(z.string(), z.string()).optional(),
  /** What the job receives; `<name>` stands for a part named in `inputPathsMap`. */
  inputTemplate: json,
});

const reshaping = {
  /** A fixed JSON value that the job receives instead of the event. Excludes `inputPath` and `inputTransformer`. @default the event as it is */
  input: json.optional(),
  /** JSONPath of the part of the event that the job receives. Excludes `input` and `inputTransformer`. @default the event as it is */
  inputPath: nonEmpty('a JSONPath such as $.detail').optional(),
  /** Builds what the job receives from parts of the event. Excludes `input` and `inputPath`. @default the event as it is */
  inputTransformer: inputTransformer.optional(),
};

const batchWindow = {
  /** Longest wait, in seconds, for a batch to fill before the job starts. Range 0 to 300. @default 0 */
  maxBatchWindowSeconds: numberIn({ unit: 'seconds', min: 0, max: 300 }).optional(),
};

const streamProperties = {
  ...batchWindow,
  /** Where reading starts when the mapping is made: the newest record or the oldest one kept. @default TRIM_HORIZON */
  startingPosition: z.enum(['LATEST', 'TRIM_HORIZON']).default('TRIM_HORIZON'),
  /** How often a batch that could not start a job is tried again, 0 to 10,000. @default until its records expire */
  maximumRetryAttempts: numberIn({ unit: 'retries', min: 0, max: 10_000 }).optional(),
  /** Where a notice of a batch goes that was given up. @default nowhere */
  onFailure: strict({
    /** ARN of the queue or topic. */
    arn: nonEmpty('an ARN'),
    /** Kind of the destination. */
    type: z.enum(['sns', 'sqs']),
  }).optional(),
  /** Batches of one shard that are handled at once, 1 to 10. @default 1 */
  parallelizationFactor: numberIn({ unit: 'batches at once', min: 1, max: 10 }).optional(),
  /** Splits a batch that could not start a job in two before it is tried again. @default false */
  bisectBatchOnFunctionError: z.boolean().optional(),
};

const deliveryFailure = strict({
  /** ARN of the queue. Exactly one of `sqsQueueArn` and `sqsQueueName`. */
  sqsQueueArn: nonEmpty('the ARN of a queue').optional(),
  /** Name of a queue of this config. Exactly one of `sqsQueueArn` and `sqsQueueName`. */
  sqsQueueName: nonEmpty('the name of a queue').optional(),
});

const schedule = strict({
  /** Starts the job at fixed times. */
  type: z.literal('schedule'),
  properties: across(
    strict({
      /** `rate(2 hours)` or `cron(0 14 * * ? *)`, six fields, in UTC; at most once a minute. */
      scheduleRate: z.string().check((context) => {
        const problem = scheduleExpressionProblem(context.value);
        if (problem !== undefined) refuse(context, problem);
      }),
      ...reshaping,
    }),
    onlyOneReshaping,
  ),
});

const httpApiGateway = strict({
  /** Starts the job by an HTTP request to an API. */
  type: z.literal('http-api-gateway'),
  properties: strict({
    /** Name of the `http-api-gateway` of this config. */
    httpApiGatewayName: nonEmpty("the gateway's name"),
    /** HTTP method, or `*` for any. */
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*']),
    /** Path such as `/users/{id}` or `/files/{proxy+}`; `*` or `$default` for whatever no other route takes (with method `*`). */
    path: nonEmpty('a path'),
    /** Who may call. @default everybody */
    authorizer: z
      .discriminatedUnion('type', [
        strict({
          /** Users of a user pool. */
          type: z.literal('cognito'),
          properties: strict({
            /** Name of the `user-auth-pool` of this config. */
            userPoolName: nonEmpty("the pool's name"),
            /** Where the token stands in a request. @default ["$request.header.Authorization"] */
            identitySources: z.array(nonEmpty('a selection expression')).optional(),
          }),
        }),
        strict({
          /** A function decides. */
          type: z.literal('lambda'),
          properties: strict({
            /** Name of the `function` of this config. */
            functionName: nonEmpty("the function's name"),
            /** The function answers with an IAM policy rather than `{ isAuthorized }`. @default false */
            iamResponse: z.boolean().optional(),
            /** Parts of a request without which it is refused at once, and by which answers are cached. @default none */
            identitySources: z.array(nonEmpty('a selection expression')).optional(),
            /** Seconds an answer is kept, 0 to 3,600. @default 0 */
            cacheResultSeconds: numberIn({ unit: 'seconds', min: 0, max: 3600 }).optional(),
          }),
        }),
      ])
      .optional(),
    /** Form of the event. @default the gateway's own, else 1.0 */
    payloadFormat: z.enum(['1.0', '2.0']).optional(),
  }),
});

const applicationLoadBalancer = strict({
  /** Starts the job by an HTTP request to a load balancer. */
  type: z.literal('application-load-balancer'),
  properties: strict({
    /** Name of the `application-load-balancer` of this config. */
    loadBalancerName: nonEmpty("the load balancer's name"),
    /** Port of the listener, needed if the load balancer has listeners of its own. @default the default listener */
    listenerPort: numberIn({ unit: 'a port', min: 1, max: 65_535 }).optional(),
    /** Rules are tried from the lowest priority up; each of a listener's rules has another one, 1 to 50,000. */
    priority: numberIn({ unit: 'a priority', min: 1, max: 50_000 }),
    /** Paths, `*` and `?` allowed. @default any */
    paths: z.array(nonEmpty('a path')).optional(),
    /** HTTP methods. @default any */
    methods: z.array(nonEmpty('a method')).optional(),
    /** Host names, `*` and `?` allowed. @default any */
    hosts: z.array(nonEmpty('a host name')).optional(),
    /** Headers and the values of which one must match. @default any */
    headers: z
      .array(strict({ headerName: nonEmpty('a name'), values: z.array(nonEmpty('a value')).min(1) }))
      .optional(),
    /** Query parameters and the values of which one must match. @default any */
    queryParams: z
      .array(strict({ paramName: nonEmpty('a name'), values: z.array(nonEmpty('a value')).min(1) }))
      .optional(),
    /** CIDR ranges of callers. @default any */
    sourceIps: z.array(nonEmpty('a CIDR range')).optional(),
  }),
});

const eventBus = strict({
  /** Starts the job by events on an EventBridge bus. */
  type: z.literal('event-bus'),
  properties: across(
    strict({
      /** ARN of the bus. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusArn: nonEmpty('the ARN of a bus').optional(),
      /** Name of the `event-bus` of this config. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusName: nonEmpty("the bus's name").optional(),
      /** The account's default bus. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      useDefaultBus: z.boolean().optional(),
      /** Which events start the job. */
      eventPattern: strict({
        /** Version of the event's envelope. */
        version: json.optional(),
        /** Kind of event. */
        'detail-type': json.optional(),
        /** Where the event comes from. */
        source: json.optional(),
        /** Account. */
        account: json.optional(),
        /** Region. */
        region: json.optional(),
        /** Resources. */
        resources: json.optional(),
        /** Content. */
        detail: json.optional(),
        /** Name of the replay. */
        'replay-name': json.optional(),
      }),
      /** Queue for events that EventBridge could not hand over. @default the stack's undelivered-events queue */
      onDeliveryFailure: deliveryFailure.optional(),
      ...reshaping,
    }),
    onlyOneReshaping,
  ),
});

const sns = strict({
  /** Starts the job by messages on an SNS topic. */
  type: z.literal('sns'),
  properties: strict({
    /** Name of the `sns-topic` of this config. Exactly one of `snsTopicName` and `snsTopicArn`. */
    snsTopicName: nonEmpty("the topic's name").optional(),
    /** ARN of the topic. Exactly one of `snsTopicName` and `snsTopicArn`. FIFO topics cannot call functions. */
    snsTopicArn: nonEmpty('the ARN of a topic').optional(),
    /** Which messages start the job, by their attributes. @default all */
    filterPolicy: z.record(z.string(), json).optional(),
    /** Queue for messages that SNS could not hand over. @default the stack's undelivered-events queue */
    onDeliveryFailure: deliveryFailure.optional(),
  }),
});

const sqs = strict({
  /** Starts the job by messages in an SQS queue; one batch, one run. */
  type: z.literal('sqs'),
  properties: strict({
    /** Name of the `sqs-queue` of this config. Exactly one of `sqsQueueName` and `sqsQueueArn`. */
    sqsQueueName: nonEmpty("the queue's name").optional(),
    /** ARN of the queue. Exactly one of `sqsQueueName` and `sqsQueueArn`. */
    sqsQueueArn: nonEmpty('the ARN of a queue').optional(),
    /** Most messages of a batch, 1 to 10,000; more than 10 need a window. @default 10 */
    batchSize: numberIn({ unit: 'messages', min: 1, max: 10_000 }).default(10),
    ...batchWindow,
  }),
});

const kinesisStream = strict({
  /** Starts the job by records of a Kinesis stream; one batch, one run. */
  type: z.literal('kinesis-stream'),
  properties: strict({
    /** Name of the `kinesis-stream` of this config. Exactly one of `kinesisStreamName` and `streamArn`. */
    kinesisStreamName: nonEmpty("the stream's name").optional(),
    /** ARN of the stream. Exactly one of `kinesisStreamName` and `streamArn`. */
    streamArn: nonEmpty('the ARN of a stream').optional(),
    /** ARN of a consumer of the stream (enhanced fan-out). Excludes `autoCreateConsumer`. @default shared throughput */
    consumerArn: nonEmpty('the ARN of a consumer').optional(),
    /** Makes a consumer of its own (enhanced fan-out). Excludes `consumerArn`. @default false */
    autoCreateConsumer: z.boolean().optional(),
    /** Most records of a batch, 1 to 10,000. @default 10 */
    batchSize: numberIn({ unit: 'records', min: 1, max: 10_000 }).default(10),
    ...streamProperties,
  }),
});

const dynamoDbStream = strict({
  /** Starts the job by changes of a DynamoDB table; one batch, one run. */
  type: z.literal('dynamo-db-stream'),
  properties: strict({
    /** ARN of the table's stream. */
    streamArn: nonEmpty('the ARN of a stream'),
    /** Most records of a batch, 1 to 1,000. @default 100 */
    batchSize: numberIn({ unit: 'records', min: 1, max: 1000 }).default(100),
    ...streamProperties,
  }),
});

const s3 = strict({
  /** Starts the job by changes of objects in a bucket. */
  type: z.literal('s3'),
  properties: strict({
    /** ARN of the bucket. */
    bucketArn: nonEmpty('the ARN of a bucket'),
    /** Kind of change. */
    s3EventType: z.enum([
      's3:ReducedRedundancyLostObject',
      's3:ObjectCreated:*',
      's3:ObjectCreated:Put',
      's3:ObjectCreated:Post',
      's3:ObjectCreated:Copy',
      's3:ObjectCreated:CompleteMultipartUpload',
      's3:ObjectRemoved:*',
      's3:ObjectRemoved:Delete',
      's3:ObjectRemoved:DeleteMarkerCreated',
      's3:ObjectRestore:*',
      's3:ObjectRestore:Post',
      's3:ObjectRestore:Completed',
      's3:Replication:*',
      's3:Replication:OperationFailedReplication',
      's3:Replication:OperationNotTracked',
      's3:Replication:OperationMissedThreshold',
      's3:Replication:OperationReplicatedAfterThreshold',
    ]),
    /** Which keys. @default all */
    filterRule: strict({
      /** Beginning of the key. @default any */
      prefix: z.string().optional(),
      /** End of the key. @default any */
      suffix: z.string().optional(),
    }).optional(),
  }),
});

const cloudwatchLog = strict({
  /** Starts the job by records of a log group; the event is base64 and gzip, as CloudWatch sends it. */
  type: z.literal('cloudwatch-log'),
  properties: strict({
    /** ARN of the log group. */
    logGroupArn: nonEmpty('the ARN of a log group'),
    /** CloudWatch filter pattern. @default every record */
    filter: z.string().default(''),
  }),
});

/** What starts the job, by `type`. */
export const event = z.discriminatedUnion('type', [
  httpApiGateway,
  applicationLoadBalancer,
  schedule,
  eventBus,
  sns,
  sqs,
  kinesisStream,
  dynamoDbStream,
  s3,
  cloudwatchLog,
]);

/** What starts the job, by `type`, with its defaults filled in. */
export type JobEvent = z.output<typeof event>;

/** The event integration of one `type`. */
export type JobEventOf<Type extends JobEvent['type']> = Extract<JobEvent, { type: Type }>;

function onlyOneReshaping(value: Unchecked<Record<keyof typeof reshaping, unknown>>, context: CheckContext): void {
  const given = (['input', 'inputPath', 'inputTransformer'] as const).filter((key) => value[key] !== undefined);
  if (given.length < 2) return;
  refuse(context, {
    found: given.map((key) => `${key}: ${formatFound(value[key])}`).join(', '),
    accepted: 'at most one of input, inputPath and inputTransformer',
    fix: `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`,
  });
}
