import { FunctionProcess } from '../../../cli/local/function-process';

const CASES: readonly [what: string, bundle: string, error: string | undefined][] = [
  ['returns', 'exports.handler = async (event) => { if (event.a !== 1) throw new Error("no"); };', undefined],
  ['throws', 'exports.handler = async () => { throw new Error("no such queue"); };', 'no such queue'],
  ['ends its process', 'exports.handler = async () => process.exit(3);', 'its process ended with 3'],
  ['does not load', 'throw new Error("broken")', 'its process ended with 1'],
];

test('a function that is refused by a service gives the code of the error', async () => {
  const bundle = `exports.handler = async () => { throw Object.assign(new Error("S3 refused it"), { code: 'NoSuchBucket' }); };`;
  const trigger = new FunctionProcess(bundle, {});
  try {
    expect(await trigger.invoke('{}', 'request')).toEqual({ error: 'S3 refused it', code: 'NoSuchBucket' });
  } finally {
    await trigger.stop();
  }
});

test('what a function returns comes back, and it knows its ARN and time', async () => {
  const bundle =
    'exports.handler = async ({ a }, context) => [a, context.invokedFunctionArn, Math.ceil(context.getRemainingTimeInMillis() / 100_000)];';
  const invoked = new FunctionProcess(bundle, {}, { arn: 'arn:aws-cn:lambda:x', timeoutSeconds: 900 });
  try {
    expect(await invoked.invoke('{"a":1}', 'request')).toEqual({ output: [1, 'arn:aws-cn:lambda:x', 9] });
  } finally {
    await invoked.stop();
  }
});

test.each(CASES)('a function that %s', async (_, bundle, error) => {
  const trigger = new FunctionProcess(bundle, {});
  try {
    expect(await trigger.invoke('{"a":1}', 'request')).toEqual(error === undefined ? {} : { error });
    // The same again: it may be gone by now.
    expect(await trigger.invoke('{"a":1}', 'request')).toEqual(error === undefined ? {} : { error });
  } finally {
    await trigger.stop();
  }
});
