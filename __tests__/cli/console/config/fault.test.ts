import { CommandFailure } from '../../../../cli/command/reported-error';
import { UsageError } from '../../../../cli/command/usage-error';
import { answerFault, refusal } from '../../../../cli/console/config/fault';
import { ConfigError } from '../../../../modules/problems/config-error';

const CONFIG = new ConfigError(
  [
    {
      keys: ['resources', 'etl'],
      code: 'conflict',
      message: 'Two of them.\u001b[31m',
      found: 'two',
      accepted: 'one',
      fix: 'remove one',
    },
  ],
  'jobs.ts',
);

describe('a config that cannot be loaded', () => {
  it('has problems, each with its place, without control characters', () => {
    const { problems, report } = refusal(CONFIG);
    expect(problems).toEqual([
      {
        code: 'conflict',
        path: expect.stringContaining('etl'),
        message: expect.stringMatching(/^Two of them\./),
        instruction: expect.stringMatching(/remove one/i),
        file: 'jobs.ts',
        line: undefined,
        column: undefined,
      },
    ]);
    expect(problems[0]?.message).not.toContain('\u001b');
    expect(report).toContain('Two of them.');
    expect(report).not.toContain('\u001b');
  });

  it.each([new UsageError('No such file.'), new CommandFailure('It was interrupted.')])(
    '%s is the whole report',
    (error) => {
      expect(refusal(error)).toEqual({ problems: [], report: error.message });
    },
  );

  it.each([new TypeError('x is not a function'), { odd: true }])('%s is shown as it is', (error) => {
    const { problems, report } = refusal(error);
    expect(problems).toEqual([]);
    expect(report).toMatch(error instanceof Error ? /^TypeError: x is not a function\n +at / : /odd: true/);
  });
});

it.each([
  [new UsageError('No such job.'), 'usage', /^No such job\.$/],
  [CONFIG, 'usage', /Two of them/],
  [new CommandFailure('It was interrupted.'), 'failure', /^It was interrupted\.$/],
  [new TypeError('x is not a function'), 'defect', /^TypeError: x is not a function\n +at /],
  ['odd', 'defect', /^'odd'$/],
])('an answer that fails with %s is of kind %s', (error, kind, message) => {
  expect(answerFault(error)).toEqual({ kind, message: expect.stringMatching(message) });
});
