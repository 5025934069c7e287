import { Command, CommanderError } from 'commander';
import { type LocalArguments, localArguments, localOptions } from '../../../cli/local/arguments';
import { UsageError } from '../../../cli/usage-error';

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
    deliverTwice: false,
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
    expect(() => taken('a')).toThrow('BATCH_JOBS_ENGINE takes docker or podman, got containerd');
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
  [['a', '--throttle', '1.5'], '--throttle takes whole numbers from 0, got 1.5'],
  [['a', '--throttle', ''], '--throttle takes whole numbers from 0, got nothing'],
  [['a', '--fail-attempts', '0'], '--fail-attempts takes whole numbers from 1, got 0'],
  [['a', '--fail-attempts', 'x'], '--fail-attempts takes whole numbers from 1, got x'],
  [['a', '--interrupt-after', '5d'], '--interrupt-after takes a time of up to 24 days'],
  [['a', '--timeout-after', ''], 'got nothing'],
  [['a', '--grace', '600h'], 'got 600h'],
  [['a', '--engine', 'nerdctl'], '--engine takes docker or podman, got nerdctl'],
  [['a', '--engine', ''], '--engine takes docker or podman, got nothing'],
  [['a', '--engine', 'docker', '--plain'], '--engine and --plain exclude each other: remove one of the two'],
  [['a', '--event-type', 's3:0'], 'the place in --event-type takes whole numbers from 1, got 0'],
  [['a', '--event-type', 's3:1:2'], '--event-type takes <type> or <type>:<place>, got s3:1:2'],
])('%j is refused', (words, message) => {
  const attempt = () => taken(...words);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow(/\n/);
});
