import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import type { Deployment } from '../../../../cli/operate/deployment';
import { RuleInputs } from '../../../../cli/operate/undelivered/rule-inputs';
import { arn, SCHEDULED } from './made-messages';

const FUNCTION = arn('lambda', 'function:shop-report-trigger');
const EVENT = JSON.stringify(SCHEDULED);
const RULE = { ruleArn: arn('events', 'rule/nightly'), targetArn: FUNCTION };

/** A rule in AWS, and what was asked of it. */
function rule(answer: readonly Target[] | Error) {
  const asked: object[] = [];
  const send = async ({ input }: { readonly input: object }) => {
    asked.push(input);
    if (answer instanceof Error) throw answer;
    return { Targets: answer };
  };
  return { asked, inputs: new RuleInputs({ clients: { events: { send } } } as unknown as Deployment) };
}

const input = (target: Partial<Target>) => rule([{ Id: '1', Arn: FUNCTION, ...target }]).inputs.input(EVENT, RULE);

it.each<[string, Partial<Target>, string]>([
  ['the event itself', {}, EVENT],
  ['an input of its own', { Input: '{"a":1}' }, '{"a":1}'],
  ['a part of the event', { InputPath: '$.source' }, '"aws.events"'],
  [
    'a text made of the event',
    { InputTransformer: { InputPathsMap: { from: '$.source' }, InputTemplate: '{"from":<from>}' } },
    '{"from":"aws.events"}',
  ],
])('a target gets %s', async (_, target, json) => {
  expect(await input(target)).toBe(json);
});

it('a text that is no event of a bus is what the target was to get', async () => {
  const { inputs, asked } = rule([]);
  expect(await inputs.input('{"Records":[]}', RULE)).toBe('{"Records":[]}');
  expect(asked).toEqual([]);
});

it.each([
  ['rule/nightly', { Rule: 'nightly', EventBusName: undefined }],
  ['rule/orders/nightly', { Rule: 'nightly', EventBusName: 'orders' }],
])('asks AWS once for %s', async (name, request) => {
  const { inputs, asked } = rule([{ Id: '1', Arn: FUNCTION }]);
  const target = { ...RULE, ruleArn: arn('events', name) };
  await Promise.all([inputs.input(EVENT, target), inputs.input(EVENT, target)]);
  await inputs.input(EVENT, target);
  expect(asked).toEqual([request]);
});

it('takes the target with the function, of several', async () => {
  const others = [
    { Id: '1', Arn: arn('lambda', 'function:other'), Input: '1' },
    { Id: '2', Arn: FUNCTION, Input: '2' },
  ];
  expect(await rule(others).inputs.input(EVENT, RULE)).toBe('2');
});

describe('a rule', () => {
  const gone = new AwsFault('gone', 'ResourceNotFoundException', 'events:ListTargetsByRule');

  it.each([
    ['without the target', []],
    ['that is gone', gone],
  ])('%s is a failure in words', async (_, answer) => {
    await expect(rule(answer).inputs.input(EVENT, RULE)).rejects.toThrow(
      'The rule nightly has no target with the function any more, which could transform the event.',
    );
  });

  it('that cannot be looked at is the failure of AWS', async () => {
    const denied = new AwsFault('denied', 'AccessDeniedException', 'events:ListTargetsByRule');
    await expect(rule(denied).inputs.input(EVENT, RULE)).rejects.toBe(denied);
  });
});
