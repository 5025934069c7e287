import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type OperatedStack, operatedStack } from '../../__tests__/e2e/engines/operated-stack';
import { config } from './stack';

/** Characters in a line of the terminal: as many as a code block of a page has. */
const COLUMNS = 76;
const PROGRAM = join(__dirname, '..', '..', 'cli', 'batch-jobs.ts');
const LOADER = join(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'loader.mjs');

/** What commands print on a terminal about a stack that moto operates, by the name of the page's part. */
export async function operatingOutputs(): Promise<Map<string, string>> {
  const stack = await operatedStack(config);
  try {
    return await outputs(stack);
  } finally {
    await stack.stop();
  }
}

async function outputs(stack: OperatedStack): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  const show = async (name: string, ...args: string[]) => {
    const output = `$ npx batch-jobs ${args.join(' ')}\n${await onTerminal(stack, args)}`;
    const before = made.get(name);
    made.set(name, before === undefined ? output : `${before}\n\n${output}`);
  };
  writeFileSync(join(stack.folder, 'order.json'), '{"order":1207}');

  await stack.script('report', {
    ends: ['reclaim>0'],
    lines: ['reading order 1207', 'report written'],
    // Longer than the pause between two looks, so that each state is seen.
    queuedSeconds: 4,
    runningSeconds: 4,
  });
  await show('start', 'start', 'report', '--event', 'order.json', '--follow', '--yes');
  await stack.script('report', { ends: [1], lines: ['reading order 1208', 'Error: no such order'], runningSeconds: 2 });
  await stack.run('report', 'report-order-1208', { order: 1208 });
  await show('runs', 'runs');
  await show('show', 'show', 'report@failed');
  await show('logs', 'logs', 'report@failed');
  await stack.script('report', { ends: ['runnable'] });
  await show('rerun', 'rerun', 'report@failed', '--yes');
  const spot = stack.resources.find(
    ({ type, name }) => type === 'aws_batch_compute_environment' && name.includes('spot'),
  );
  const environment = String(spot?.values.arn);
  await stack.describe(environment, { state: 'DISABLED' });
  await show('why', 'why', 'report@latest');
  await show('rerun', 'stop', 'report@latest', '--reason', 'not-needed', '--yes');

  await stack.describe(environment, { state: 'ENABLED' });
  await stack.script('report', { ends: [0] });
  const undelivered = stack.resource('aws_sqs_queue', 'batch-platform_undelivered').values.url;
  const MessageBody = JSON.stringify(lambdaRecord(scheduled(stack)));
  await stack.api.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: undelivered, MessageBody });
  await show('undelivered', 'undelivered');
  await show('undelivered', 'undelivered', 'redrive', '--all', '--yes');
  await show('info', 'info', 'report');
  return made;
}

/** What EventBridge sends on the job's schedule. */
function scheduled(stack: OperatedStack): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2026-11-26T06:00:00Z',
    region: 'eu-west-1',
    resources: [stack.resource('aws_cloudwatch_event_rule', 'report_schedule').values.arn],
    detail: {},
  };
}

/**
 * What Lambda sends to a queue when it gives an event up.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function lambdaRecord(event: object): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:shop-report-trigger:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: {
      errorType: 'StartError.Curable.ThrottlingException',
      errorMessage: 'ThrottlingException (HTTP 400): Rate exceeded',
    },
  };
}

/** The output of a command on a terminal, which a pipe is not, without colors. */
function onTerminal(stack: OperatedStack, args: readonly string[]): Promise<string> {
  const command = [process.execPath, '--import', LOADER, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qec', `stty cols ${COLUMNS} rows 50; exec ${command}`, '/dev/null'], {
    cwd: stack.folder,
    env: { ...stack.env, NO_COLOR: '1', TERM: 'dumb', SHELL: '/bin/sh' },
    // A pipe that stays open: at its end the terminal would get a Ctrl-D.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  return new Promise((done, failed) => {
    terminal.on('error', failed);
    terminal.on('close', () => {
      const lines = left(output).split('\n').map(shortened);
      done(lines.join('\n').trim());
    });
  });
}

/** What is left on the terminal: a line that is written again replaces what was there. */
function left(output: string): string {
  const lines = stripVTControlCharacters(output).replaceAll(/\r+\n/g, '\n').split('\n');
  return lines.map((line) => line.split('\r').at(-1)).join('\n');
}

/** A line as a page has room for it: a link that passes the width is cut. */
function shortened(line: string): string {
  const isLong = line.length > COLUMNS && line.includes('https://');
  return (isLong ? `${line.slice(0, COLUMNS - 3)}...` : line).trimEnd();
}

/** Patterns of what differs between two equal outputs. */
const VARYING: readonly (readonly [pattern: RegExp, name: string])[] = [
  // A longer value moves columns and line ends.
  [/\s+/g, ' '],
  [/\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?/g, '<time>'],
  [/\b\d\d-\d\d(?= \d\d:\d\d\b)/g, '<day>'],
  [/\((just now|[^()]* ago)\)/g, '<ago>'],
  [/\b\d\d:\d\d([:.]\d+)?\b/g, '<clock>'],
  [/\b[\d.]+ (ms|s|min|h|d)\b( \d+ s\b)?/g, '<duration>'],
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>'],
  [/\b[\da-f]{8,32}\b/g, '<hash>'],
  [/(less than |about )?\$0\.\d+(?= \(estimate)/g, '<price>'],
];

/** Removes from an output what differs between two equal ones. */
export function unvarying(text: string): string {
  return VARYING.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
}
