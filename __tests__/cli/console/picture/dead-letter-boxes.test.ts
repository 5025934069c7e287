import { deadLetterItems } from '../../../../cli/console/picture/dead-letter-boxes';
import type { Painter } from '../../../../cli/console/picture/painter';
import type { SynthesizedResource } from '../../../../cli/console/picture/stack-resources';

const QUEUES: { readonly [address: string]: string } = {
  'aws_sqs_queue.stack': 'batch-platform/undelivered-events/Queue',
  'aws_sqs_queue.lost': 'lost/Queue',
  'aws_sqs_queue.other': 'program/Queue',
};

const painter = {
  config: { resources: { lost: { type: 'sqs-queue' } } },
  shown: new Set<string>(),
  resources: {
    get: (address: string) => {
      const path = QUEUES[address];
      return path === undefined ? undefined : { address, type: 'aws_sqs_queue', path, block: {} };
    },
    under: () => [],
  },
  readable: { text: String, value: String },
  item: (drawing: object) => drawing,
} as unknown as Painter;

/** The boxes for resources with these arguments. */
function boxes(...blocks: readonly object[]) {
  const made = blocks.map((block, index) => ({ address: `a.${index}`, type: 'a', path: 'tally', block }));
  return deadLetterItems('tally', made as SynthesizedResource[], painter).map(
    ({ id, title, detail }) => `${id} ${title}: ${detail.map(({ text }) => text).join()}`,
  );
}

it.each<[string, object, string[]]>([
  [
    'of the stack',
    { destination_config: { on_failure: { destination: '${aws_sqs_queue.stack.arn}' } } },
    ['tally/dead-letters/ Undelivered events: dead-letter queue'],
  ],
  [
    'of the config, in JSON and below another argument',
    { target: { redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.lost.arn}"}' } },
    ['tally/dead-letters/lost lost: dead-letter queue'],
  ],
  [
    'that exists',
    { dead_letter_config: [{ arn: 'arn:aws:sqs:eu-west-1:123456789012:old' }] },
    ['tally/dead-letters/old old: existing dead-letter queue'],
  ],
  ['in another argument, which is no dead-letter queue', { environment: '${aws_sqs_queue.lost.arn}', tags: null }, []],
  ['that is no queue', { dead_letter_config: { arn: '${aws_sns_topic.a.arn}' } }, []],
])('a queue %s', (_, block, expected) => {
  expect(boxes(block)).toEqual(expected);
});

it('is one box where several name it, and what has a box is not drawn as a resource without one', () => {
  const policy = { dead_letter_config: { arn: '${aws_sqs_queue.lost.arn}' } };
  expect(boxes(policy, policy)).toHaveLength(1);
  expect(painter.shown).toEqual(new Set(['lost']));
});
