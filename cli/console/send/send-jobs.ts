import type { LoadedConfig } from '../../../modules/stack-config/load';
import { synthesized } from '../../../modules/stack-config/synthesis-problems';
import { resolved } from '../../../modules/terraform/resolved';
import type { JobEvent } from '../../../triggers/events';
import { stackInMemory } from '../../local/stacks/stack-in-memory';
import type { SendJob, SendTrigger } from '../../model/send';

/** The jobs of a config as the page offers them. */
export function sendJobs(loaded: LoadedConfig): SendJob[] {
  return synthesized(loaded, () => {
    const stack = stackInMemory(loaded);
    return Object.entries(loaded.config.resources).flatMap(([name, item]) => {
      const job = stack.jobs.get(name);
      if (item.type !== 'batch-job' || job === undefined) return [];
      const { OVERRIDES_BUDGET } = resolved(stack, job.trigger.function.environmentInput?.variables ?? {});
      return [{ name, triggers: triggersOf(item.properties.events), eventBudget: Number(OVERRIDES_BUDGET) }];
    });
  });
}

function triggersOf(events: readonly JobEvent[]): SendTrigger[] {
  const places = new Map<string, number>();
  return events.map((event) => {
    const { type, properties } = event;
    const place = (places.get(type) ?? 0) + 1;
    places.set(type, place);
    const { input, inputPath, inputTransformer } = properties as { readonly [key: string]: unknown };
    const isReshaped = [input, inputPath, inputTransformer].some((each) => each !== undefined);
    return { type, place, label: labelOf(event), isReshaped };
  });
}

/** What distinguishes a trigger from others of its type. */
function labelOf(event: JobEvent): string {
  switch (event.type) {
    case 'schedule':
      return event.properties.scheduleRate;
    case 'http-api-gateway': {
      const { httpApiGatewayName, method, path } = event.properties;
      return `${method} ${path} of ${httpApiGatewayName}`;
    }
    case 'application-load-balancer': {
      const { loadBalancerName, paths = [], priority } = event.properties;
      return `${paths[0] ?? `priority ${priority}`} of ${loadBalancerName}`;
    }
    case 'event-bus':
      return patternLabel(event.properties.eventPattern);
    case 'sns':
      return lastPart(event.properties.snsTopicName ?? event.properties.snsTopicArn);
    case 'sqs':
      return lastPart(event.properties.sqsQueueName ?? event.properties.sqsQueueArn);
    case 'kinesis-stream':
      return lastPart(event.properties.kinesisStreamName ?? event.properties.streamArn);
    case 'dynamo-db-stream':
      return lastPart(event.properties.streamArn.replace(/\/stream\/.*/, ''));
    case 's3': {
      const { bucketArn, s3EventType } = event.properties;
      return `${s3EventType.replace(/^s3:/, '')} in ${lastPart(bucketArn)}`;
    }
    case 'cloudwatch-log':
      return lastPart(event.properties.logGroupArn);
  }
}

function patternLabel({ source, 'detail-type': detailType }: { readonly [key: string]: unknown }): string {
  const values = [source, detailType].flat().filter((value): value is string => typeof value === 'string');
  return values.slice(0, 2).join(', ') || 'pattern';
}

/** Of an ARN, a directive such as `$ResourceParam('bucket', 'arn')`, or a name. */
function lastPart(reference = ''): string {
  const directive = /^\$\w+\(\s*['"]?([^'",)]+)/.exec(reference)?.[1];
  return directive ?? reference.split(/[:/]/).at(-1) ?? reference;
}
