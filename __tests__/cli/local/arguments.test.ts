import { Command, CommanderError } from 'commander';
import type { EventChoice } from '../../../cli/command/event-options';
import { UsageError } from '../../../cli/command/usage-error';
import {
  type AwsChoice,
  type EngineChoice,
  type LocalArguments,
  localArguments,
  localOptions,
} from '../../../cli/local/arguments';

/** What the words after `batch-jobs local` mean. */
function taken(...words: string[]): LocalArguments {
  const command = new Command('local').exitOverride().configureOutput({ outputError: () => {} });
  localOptions(command);
  command.parse(words, { from: 'user' });
  return localArguments(command.args[0] ?? '', command.opts());
}

test('a job alone', () => {
  expect(taken('report')).toEqual({
    job: 'report',
    eventFile: undefined,
    eventType: undefined,
    printEvent: false,
    fast: false,
    json: false,
    verbose: false,
    plain: false,
    aws: false,
    endpoint: undefined,
    create: false,
    variables: { env: [], envFiles: [], secrets: [] },
    deliverTwice: false,
    chain: true,
    faults: { failAttempts: [], interruptAfter: undefined, timeoutAfter: undefined, grace: undefined, throttle: 0 },
  });
});

test.each<[string[], object]>([
  [['--fail-attempts', '1,2', '--fail-attempts', '4'], { failAttempts: [1, 2, 4] }],
  [['--interrupt-after', '5s'], { interruptAfter: 5 }],
  [['--timeout-after', '500ms'], { timeoutAfter: 0.5 }],
  [['--grace', '2m'], { grace: 120 }],
  [['--grace', '1.5'], { grace: 1.5 }],
  [['--grace', '1h'], { grace: 3600 }],
  [['--throttle', '5'], { throttle: 5 }],
])('%j', (words, faults) => expect(taken('report', ...words).faults).toMatchObject(faults));

test('how many items run at the same time, and where they are', () => {
  expect(taken('report', '--jobs', '8', '--manifest', 'keys.txt')).toMatchObject({ jobs: 8, manifest: 'keys.txt' });
  expect(() => taken('report', '--jobs', '0')).toThrow('--jobs');
});

test('an emulator, whose address has no slash at its end', () =>
  expect(taken('a', '--endpoint', 'http://127.0.0.1:4566//', '--create')).toMatchObject({
    endpoint: 'http://127.0.0.1:4566',
    create: true,
  }));

test('variables, several of each', () => {
  const words = [
    '--env',
    'A=1',
    '--env',
    'B=x=y',
    '--env-file',
    'a',
    '--env-file',
    'b',
    '--secret',
    'C=',
    '--env',
    'PATH',
  ];
  expect(taken('report', ...words).variables).toEqual({
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: 'x=y' },
      { name: 'PATH', value: process.env.PATH },
    ],
    envFiles: ['a', 'b'],
    secrets: [{ name: 'C', value: '' }],
  });
});

describe('the engine', () => {
  const before = { ...process.env };
  beforeEach(() => {
    delete process.env.BATCH_JOBS_ENGINE;
  });
  afterEach(() => {
    process.env = { ...before };
  });

  test.each<[string[], string | undefined, string | undefined]>([
    [[], undefined, undefined],
    [['--engine', 'podman'], undefined, 'podman'],
    [[], 'docker', 'docker'],
    [['--engine', 'podman'], 'docker', 'podman'],
    [['--plain'], 'docker', undefined],
    [[], '', undefined],
  ])('%j with BATCH_JOBS_ENGINE=%s', (words, variable, engine) => {
    if (variable !== undefined) process.env.BATCH_JOBS_ENGINE = variable;
    expect(taken('report', ...words).engine).toBe(engine);
  });

  test('BATCH_JOBS_ENGINE names one that there is', () => {
    process.env.BATCH_JOBS_ENGINE = 'containerd';
    expect(() => taken('a')).toThrow('BATCH_JOBS_ENGINE accepts docker or podman. Found "containerd".');
  });
});

test.each([
  [[], "missing required argument 'job'"],
  [['a', 'b'], 'too many arguments'],
  [['a', '--event'], "option '--event <file>' argument missing"],
  [['a', '--fast=1'], "unknown option '--fast=1'"],
])('%j is no command line', (words, message) => {
  expect(() => taken(...words)).toThrow(CommanderError);
  expect(() => taken(...words)).toThrow(message);
});

test.each([
  [['a', '--event', 'x', '--event-type', 's3'], 'exclude each other'],
  [['a', '--throttle', '1.5'], '--throttle accepts whole numbers from 0. Found "1.5".'],
  [['a', '--throttle', ''], '--throttle accepts whole numbers from 0. Found "".'],
  [['a', '--fail-attempts', '0'], '--fail-attempts accepts whole numbers from 1. Found "0".'],
  [['a', '--fail-attempts', 'x'], '--fail-attempts accepts whole numbers from 1. Found "x".'],
  [['a', '--interrupt-after', '5d'], '--interrupt-after accepts a time of up to 24 days'],
  [['a', '--timeout-after', ''], 'Found "".'],
  [['a', '--grace', '600h'], 'Found "600h".'],
  [['a', '--env', '=x'], '--env accepts NAME=value or NAME. Found "=x".'],
  [['a', '--env', 'A B=x'], '--env accepts NAME=value or NAME. Found "A B=x".'],
  [['a', '--secret', ''], '--secret accepts NAME=value or NAME. Found "".'],
  [
    ['a', '--env', 'NOT_IN_THIS_SHELL'],
    '--env NOT_IN_THIS_SHELL has no value, and your shell has no variable NOT_IN_THIS_SHELL.',
  ],
  [['a', '--endpoint', 'moto'], 'such as http://127.0.0.1:4566. Found "moto".'],
  [['a', '--endpoint', ''], 'Found "".'],
  [['a', '--endpoint', 'ftp://x'], 'Found "ftp://x".'],
  [['a', '--endpoint', 'http://x/?a'], 'It has no user, query or fragment.'],
  [['a', '--endpoint', 'http://me@x'], 'It has no user, query or fragment.'],
  [['a', '--endpoint', 'https://sqs.eu-west-1.amazonaws.com'], 'is AWS: to use your own account, use --aws.'],
  [['a', '--endpoint', 'https://s3.CN-north-1.amazonaws.com.cn/'], 'is AWS'],
  [['a', '--endpoint', 'https://lambda.eu-west-1.api.aws'], 'is AWS'],
  [['a', '--endpoint', 'http://x', '--aws'], '--aws and --endpoint exclude each other. Remove one of the two.'],
  [['a', '--create'], '--create needs the address of an emulator. Add --endpoint <url>.'],
  [['a', '--engine', 'nerdctl'], '--engine accepts docker or podman. Found "nerdctl".'],
  [['a', '--engine', ''], '--engine accepts docker or podman. Found "".'],
  [['a', '--engine', 'docker', '--plain'], '--engine and --plain exclude each other. Remove one of the two.'],
  [['a', '--event-type', 's3:0'], 'The place in --event-type accepts whole numbers from 1. Found "0".'],
  [['a', '--event-type', 's3:1:2'], '--event-type accepts <type> or <type>:<place>. Found "s3:1:2".'],
])('%j is refused', (words, message) => {
  const attempt = () => taken(...words);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/\n/);
});

test('what excludes each other does not compile', () => {
  // @ts-expect-error an event of a file has no type
  const event: EventChoice = { eventFile: 'event.json', eventType: { type: 'sqs', place: 1 } };
  // @ts-expect-error a plain process has no engine
  const engine: EngineChoice = { plain: true, engine: 'podman' };
  // @ts-expect-error an emulator gets no credentials of AWS
  const aws: AwsChoice = { aws: true, endpoint: 'http://127.0.0.1:4566', create: false };
  // @ts-expect-error only an emulator gets resources
  const created: AwsChoice = { aws: false, create: true };
  expect([event, engine, aws, created]).toHaveLength(4);
});
