import { type InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CommandFailure } from '../../../../cli/command/reported-error';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import { invokeFunction, invokeTrigger, refuseOversized } from '../../../../cli/operate/start/invoke';
import { deploymentOf } from '../fake-aws';

describe('an event', () => {
  it('may have less than 6 MB, in bytes', () => {
    expect(() => refuseOversized('x'.repeat(6_291_455))).not.toThrow();
    const error =
      'The event has 6,291,456 bytes, and Lambda accepts less than 6,291,456 (6 MB). Store its data in S3, and send a reference to them.';
    expect(() => refuseOversized('x'.repeat(6_291_456))).toThrow(error);
    expect(() => refuseOversized('é'.repeat(3_145_728))).toThrow(error);
  });
});

/** What the middleware of an invocation makes of an answer, and how AWS's client reports it. */
function answering(answer: () => unknown) {
  const sent: InvokeCommand[] = [];
  const deployment = deploymentOf(() => undefined);
  const send = async (command: InvokeCommand) => {
    sent.push(command);
    const handler = command.middlewareStack.resolve((async () => ({ output: answer() })) as never, {} as never);
    try {
      return (await handler({ input: command.input } as never)).output;
    } catch (error) {
      throw new AwsFault('It failed.', (error as Error).name, 'lambda:InvokeFunction', { cause: error });
    }
  };
  Object.assign(deployment, { clients: { lambda: { send } } });
  return { deployment, sent, job: deployment.jobNamed('report') };
}

const AUTHORIZE = { name: 'authorize', functionName: 'shop-authorize' } as never;
const error = (more: object, message = 'socket\n  hang up.') => Object.assign(new Error(message), more);

describe('an invocation', () => {
  it.each([
    ['the trigger function of a job', 'shop-report-trigger'],
    ['a function of the config', 'shop-authorize'],
  ])('is of %s', async (what, name) => {
    const { deployment, job, sent } = answering(() => ({
      Payload: { transformToString: () => '"é"' },
      FunctionError: 'Unhandled',
    }));
    const answer = await (what.includes('job')
      ? invokeTrigger(deployment, job, '{"a":"é"}')
      : invokeFunction(deployment, AUTHORIZE, '{"a":"é"}'));
    expect(answer).toEqual({ payload: '"é"', functionError: 'Unhandled' });
    expect(sent[0]?.input.FunctionName).toBe(name);
    expect(String(sent[0]?.input.Payload)).toBe('{"a":"é"}');
  });

  it('can have an empty answer', async () => {
    const { deployment, job } = answering(() => ({}));
    expect(await invokeTrigger(deployment, job, '{}')).toEqual({ payload: '', functionError: undefined });
  });

  it('says what is not deployed', async () => {
    const { deployment, job } = answering(() => {
      throw error({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
    });
    const place = 'of stack shop is not deployed in account 123456789012 in eu-west-1.';
    await expect(invokeTrigger(deployment, job, '{}')).rejects.toThrow(`Job report ${place}`);
    await expect(invokeFunction(deployment, AUTHORIZE, '{}')).rejects.toThrow(`Function authorize ${place}`);
  });
});

describe('an invocation without an answer', () => {
  const lost = (more: object) =>
    answering(() => {
      throw error(more);
    });

  it.each([
    ['a connection that broke', { code: 'ECONNRESET' }],
    ['an error without a code', {}],
    ['status 500', { $metadata: { httpStatusCode: 500 } }],
    ['status 503', { $metadata: { httpStatusCode: 503 }, code: 'ECONNREFUSED' }],
  ])('may have taken place: %s', async (_, more) => {
    const { deployment, job } = lost(more);
    const trigger = invokeTrigger(deployment, job, '{}');
    await expect(trigger).rejects.toThrow(CommandFailure);
    await expect(trigger).rejects.not.toThrow(AwsFault);
    await expect(trigger).rejects.toThrow(
      /^The answer of the trigger function of report did not arrive: socket hang up\. The run may have been started/,
    );
    await expect(invokeFunction(deployment, AUTHORIZE, '{}')).rejects.toThrow(
      'The answer of the function authorize did not arrive: socket hang up. It may have run. Before you invoke it again, look at its log group: /aws/lambda/shop-authorize.',
    );
  });

  // The SDK repeats what Lambda has refused, and what did not reach it.
  it.each([
    ['ECONNREFUSED', { code: 'ECONNREFUSED' }],
    ['ENOTFOUND', { code: 'ENOTFOUND' }],
    ['EAI_AGAIN', { code: 'EAI_AGAIN' }],
    ['EHOSTUNREACH', { code: 'EHOSTUNREACH' }],
    ['ENETUNREACH', { code: 'ENETUNREACH' }],
    ['status 429', { $metadata: { httpStatusCode: 429 } }],
    ['status 499', { $metadata: { httpStatusCode: 499 } }],
  ])('did not take place: %s', async (_, more) => {
    const { deployment, job } = lost(more);
    const failure = await invokeTrigger(deployment, job, '{}').catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(AwsFault);
    expect((failure as AwsFault).cause).toMatchObject(more);
  });
});

// The SDK's own stack, which repeats both if nothing keeps it from that.
it.each([
  ['ECONNRESET', 1],
  ['ECONNREFUSED', 2],
])('is repeated by the SDK only if nothing was sent: %s, %s requests', async (code, requests) => {
  let count = 0;
  const handle = async () => {
    count += 1;
    throw error({ code });
  };
  const client = new LambdaClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 2,
    requestHandler: { handle } as never,
  });
  const { deployment, job } = answering(() => undefined);
  Object.assign(deployment, { clients: { lambda: client } });
  await expect(invokeTrigger(deployment, job, '{}')).rejects.toThrow();
  expect(count).toBe(requests);
});

it('lets other errors through', async () => {
  const { deployment, job } = answering(() => undefined);
  const failing = async () => {
    throw new Error('a defect');
  };
  Object.assign(deployment, { clients: { lambda: { send: failing } } });
  await expect(invokeTrigger(deployment, job, '{}')).rejects.toThrow('a defect');
});
