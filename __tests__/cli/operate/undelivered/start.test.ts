import { AwsFault } from '../../../../cli/operate/aws/fault';
import type { DeployedJob, Deployment } from '../../../../cli/operate/deployment';
import type { Start, Undelivered } from '../../../../cli/operate/undelivered/entry';
import { Starts } from '../../../../cli/operate/undelivered/start';
import { executionName } from '../../../../modules/orchestration/trigger/execution-name';
import { arn, deployment, entry as madeEntry, SCHEDULED } from './made-messages';

interface Sent {
  readonly action: string;
  readonly input: { readonly [name: string]: unknown };
}

/** A stack whose requests are answered by a function, and are kept. Made, not recorded. */
function answering(answer: (sent: Sent) => unknown) {
  const sent: Sent[] = [];
  const send = async ({ constructor: { name }, input }: { constructor: { name: string }; input: Sent['input'] }) => {
    const request = { action: name.replace(/Command$/, ''), input };
    sent.push(request);
    return answer(request);
  };
  const clients = { lambda: { send }, sfn: { send }, events: { send }, s3: { send } };
  const ofDeployed = (_what: string, _codes: string[], request: Promise<unknown>) => request;
  const stack = Object.assign(deployment(), { clients, ofDeployed }) as unknown as Deployment;
  return { stack, sent, starts: new Starts(stack), job: stack.jobs.get('report') as DeployedJob };
}

const entry = (start: Start): Undelivered => madeEntry({ start });

const delivered = (event: unknown, invocation = 'request-1') =>
  entry({ kind: 'event', json: JSON.stringify(event), invocation });

const payload = (value: unknown) => text(JSON.stringify(value));
const text = (value: string) => ({ transformToString: () => value });

describe('an event with an ID', () => {
  it("is delivered to the job's trigger function, unchanged", async () => {
    const { starts, job, sent } = answering(() => ({
      Payload: payload({ executionName: 'report-1', executionArn: 'arn:1', duplicate: false }),
    }));
    expect(await starts.start(delivered(SCHEDULED), job)).toEqual({
      outcome: 'started',
      run: 'report-1',
      executionArn: 'arn:1',
    });
    expect(sent.map(({ action }) => action)).toEqual(['Invoke']);
    expect(sent[0]?.input.FunctionName).toBe('shop-report-trigger');
    expect(String(sent[0]?.input.Payload)).toBe(JSON.stringify(SCHEDULED));
  });

  it('has started its run before', async () => {
    const { starts, job } = answering(() => ({
      Payload: payload({ executionName: 'report-1', executionArn: 'arn:1', duplicate: true }),
    }));
    expect(await starts.start(delivered(SCHEDULED), job)).toMatchObject({ outcome: 'duplicate' });
  });

  it.each([[{ Payload: payload(null) }], [{ Payload: text('') }], [{}]])('is ignored: %j', async (answer) => {
    const { starts, job } = answering(() => answer);
    expect(await starts.start(delivered(SCHEDULED), job)).toEqual({ outcome: 'ignored' });
  });

  it('fails with the error of the function', async () => {
    const { starts, job } = answering(() => ({
      FunctionError: 'Unhandled',
      Payload: payload({ errorType: 'StartError', errorMessage: 'AccessDenied' }),
    }));
    await expect(starts.start(delivered(SCHEDULED), job)).rejects.toThrow(
      /^The trigger function of report failed: AccessDenied/,
    );
  });

  it.each([[{ any: 1 }], ['text'], [[1]]])('fails without a run in the answer: %j', async (answer) => {
    const { starts, job } = answering(() => ({ Payload: payload(answer) }));
    const result = starts.start(delivered(SCHEDULED), job);
    await expect(result).rejects.toThrow(/not that of a trigger function|answer/);
  });
});

describe('an event without an ID', () => {
  const configuration = {
    Environment: { Variables: { JOB_NAME: 'report', PAYLOAD_BUCKET: 'events', OVERRIDES_BUDGET: '7168' } },
  };
  const name = executionName('report', { kind: 'invocation', parts: ['request-1'] });

  it('gets the run that the failed invocation would have started, also the second time', async () => {
    const { starts, job, sent } = answering(({ action }) => {
      if (action === 'GetFunctionConfiguration') return configuration;
      if (sent.length > 2) throw new AwsFault('exists', 'ExecutionAlreadyExists', 'states:StartExecution');
      return { executionArn: 'arn:1', startDate: new Date() };
    });
    expect(await starts.start(delivered({ day: 1 }), job)).toMatchObject({ outcome: 'started', run: name });
    expect(await starts.start(delivered({ day: 1 }), job)).toEqual({
      outcome: 'duplicate',
      run: name,
      executionArn: arn('states', `execution:shop-report:${name}`),
    });
    expect(sent[1]).toEqual({
      action: 'StartExecution',
      input: { stateMachineArn: job.stateMachineArn, name, input: '{"day":1}' },
    });
  });

  it('is stored if it is large', async () => {
    const { starts, job, sent } = answering(({ action }) =>
      action === 'GetFunctionConfiguration' ? configuration : { executionArn: 'arn:1' },
    );
    await starts.start(delivered({ text: 'x'.repeat(9_000) }), job);
    expect(sent.map(({ action }) => action)).toEqual(['GetFunctionConfiguration', 'PutObject', 'StartExecution']);
    expect(sent[2]?.input.input).toContain(`s3://events/report/${name}/`);
  });

  it('starts another run if it is another invocation', async () => {
    const { starts, job } = answering(({ action }) => (action === 'GetFunctionConfiguration' ? configuration : {}));
    const second = await starts.start(delivered({ day: 1 }, 'request-2'), job);
    expect(second).toMatchObject({ outcome: 'started', run: expect.not.stringContaining(name) });
  });
});

describe("an event of a rule's dead letter", () => {
  const rule = { ruleArn: arn('events', 'rule/custom/shop-report-bus-0'), targetArn: arn('lambda', 'function:f') };
  const event = { ...SCHEDULED, detail: { items: [{ id: 7 }], text: 'a"b' } };
  const asked = (target: object | undefined) => {
    const { starts, sent } = answering(() => ({
      Targets: [{ Arn: 'other' }, ...(target ? [{ Arn: rule.targetArn, ...target }] : [])],
    }));
    const json = starts.event(entry({ kind: 'rule', json: JSON.stringify(event), rule, invocation: 'm-1' }));
    return { json, sent };
  };

  it.each([
    ['unchanged', {}, JSON.stringify(event)],
    ['by a constant', { Input: '{"n":1.0}' }, '{"n":1.0}'],
    ['by a path', { InputPath: '$.detail.items[0]' }, '{"id":7}'],
    [
      'by a template',
      {
        InputTransformer: {
          InputPathsMap: { id: '$.detail.items[0].id', text: '$.detail.text' },
          InputTemplate: '{"id":<id>,"text":"<text>","rule":"<aws.events.rule-name>","arn":<aws.events.rule-arn>}',
        },
      },
      JSON.stringify({ id: 7, text: 'a"b', rule: 'shop-report-bus-0', arn: rule.ruleArn }),
    ],
  ])('is transformed as its target does it: %s', async (_, target, expected) => {
    const { json, sent } = asked(target);
    expect(await json).toBe(expected);
    expect(sent[0]?.input).toEqual({ Rule: 'shop-report-bus-0', EventBusName: 'custom' });
  });

  it('cannot be known without the target', async () => {
    await expect(asked(undefined).json).rejects.toThrow(/The rule custom\/shop-report-bus-0 has no target/);
  });

  it('is asked of AWS once for each rule', async () => {
    const { starts, sent } = answering(() => ({ Targets: [{ Arn: rule.targetArn }] }));
    const given = entry({ kind: 'rule', json: JSON.stringify(event), rule, invocation: 'm-1' });
    await starts.event(given);
    await starts.event(given);
    expect(sent).toHaveLength(1);
  });

  it('is what the target was to get if it is no event', async () => {
    const { starts, sent } = answering(() => ({}));
    expect(await starts.event(entry({ kind: 'rule', json: '{"a":1}', rule, invocation: 'm-1' }))).toBe('{"a":1}');
    expect(sent).toEqual([]);
  });
});

it('says why there is no event', async () => {
  const { starts } = answering(() => ({}));
  await expect(starts.event(entry({ kind: 'none', why: 'It is no event.' }))).rejects.toThrow('It is no event.');
});
