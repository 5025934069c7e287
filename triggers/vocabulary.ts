import type { EventVocabulary } from '../modules/config/vocabulary';
import { SOURCES, sourceOf } from './registry';
import type { AnySource } from './source';

const ALL = SOURCES.map(({ type }): AnySource<string> => sourceOf(type));

function named(type: string): AnySource<string> | undefined {
  return ALL.find((source) => source.type === type);
}

const ALARM =
  "not part of this project: write an event-bus event with useDefaultBus: true and eventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] }";

function ofClass(type: string): string {
  return `write an object instead of the class: { type: '${type}', properties: { ... } }`;
}

/** Sources of functions in Stacktape, and the types that classes of its package give to sources of another type. */
const ELSEWHERE: { readonly [type: string]: string } = {
  'cloudwatch-alarm': ALARM,
  alarm: ALARM,
  kinesis: ofClass('kinesis-stream'),
  dynamodb: ofClass('dynamo-db-stream'),
  'cloudwatch-logs': ofClass('cloudwatch-log'),
  iot: 'not part of this project: add an AWS::IoT::TopicRule that sends to a queue of this config to cloudformationResources, and write an sqs event',
  'kafka-topic':
    "not part of this project: give a function with permissions for the cluster an AWS::Lambda::EventSourceMapping in cloudformationResources, with its $ResourceParam('<function>', 'name')",
};

/** What the sources say about types and properties that events don't have. */
export const EVENT_VOCABULARY: EventVocabulary = {
  aliases: ALL.flatMap(({ type, aliases = {} }) =>
    Object.entries(aliases).map(([property, names]) => [type, property, names] as const),
  ),
  elsewhere: (type) => (typeof type === 'string' && Object.hasOwn(ELSEWHERE, type) ? ELSEWHERE[type] : undefined),
  creates: (type) => named(type)?.creates ?? [],
};
