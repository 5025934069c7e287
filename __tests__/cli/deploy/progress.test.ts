import { stripVTControlCharacters } from 'node:util';
import type { Owner } from '../../../cli/deploy/owners';
import type { Action, PartChange } from '../../../cli/deploy/part-change';
import type { PlanSummary } from '../../../cli/deploy/plan-summary';
import { Progress } from '../../../cli/deploy/progress';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const part = (address: string, action: Action, name: string) =>
  ({ address, action, part: name }) as unknown as PartChange;
const SUMMARY = {
  owners: [
    {
      kind: 'job',
      name: 'etl',
      action: 'change',
      parts: [
        part('aws_batch_job_definition.etl', 'change', 'job definition'),
        part('aws_sfn_state_machine.etl', 'replace', 'the machine'),
        part('aws_iam_role.etl', 'move', 'job role'),
        part('aws_iam_role.old', 'forget', 'job role'),
      ],
    },
    { kind: 'bucket', name: 'uploads', action: 'add', parts: [part('aws_s3_bucket.uploads', 'add', 'bucket')] },
  ],
} as unknown as PlanSummary;

const owner: Owner = { kind: 'resource', name: 'other', rest: [] };

/** A progress and what it has written, in parts. */
function progress({ isTTY = false, columns = 80, verbose = false } = {}) {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(stripVTControlCharacters(text)) };
  const shown = new Progress(SUMMARY, () => owner, stream as unknown as NodeJS.WriteStream, verbose);
  const tell = (type: string, addr: string, action = 'update') =>
    shown.message({ type, hook: { resource: { addr }, action } });
  return { written, shown, tell };
}

it('an owner has a line when all its steps are done: a replacement is two', () => {
  const { written, tell } = progress();
  tell('apply_complete', 'aws_batch_job_definition.etl');
  tell('apply_complete', 'aws_sfn_state_machine.etl');
  expect(written).toEqual([]);
  jest.advanceTimersByTime(120_000);
  tell('apply_complete', 'aws_sfn_state_machine.etl');
  expect(written).toEqual(['  02:00  done  job etl\n']);
});

it('an owner with a part that fails is never done', () => {
  const { written, tell } = progress();
  tell('apply_errored', 'aws_s3_bucket.uploads');
  expect(written).toEqual([]);
  tell('apply_complete', 'aws_s3_bucket.uploads');
  expect(written).toEqual(['  00:00  done  bucket uploads\n']);
});

it('in detail, each step has a line', () => {
  const { written, tell } = progress({ verbose: true });
  tell('apply_complete', 'aws_batch_job_definition.etl');
  tell('apply_errored', 'aws_sfn_state_machine.etl');
  tell('apply_complete', 'aws_sqs_queue.unplanned');
  expect(written).toEqual([
    '  00:00  done  job etl: job definition\n',
    '  00:00  failed  job etl: the machine\n',
    '  00:00  done  resource other: queue\n',
  ]);
});

it('other messages say nothing, and other lines are shown', () => {
  const { written, shown, tell } = progress({ verbose: true });
  shown.message({ type: 'apply_complete' });
  tell('apply_progress', 'aws_s3_bucket.uploads');
  expect(written).toEqual([]);
  shown.text('Releasing state lock.');
  expect(written).toEqual(['Releasing state lock.\n']);
});

describe('without a terminal', () => {
  it('a line tells what is in progress after 30 seconds without one', () => {
    const { written, tell } = progress();
    tell('apply_start', 'aws_s3_bucket.uploads', 'create');
    jest.advanceTimersByTime(30_000);
    tell('apply_progress', 'aws_s3_bucket.uploads');
    expect(written).toEqual([]);
    jest.advanceTimersByTime(1);
    tell('apply_progress', 'aws_s3_bucket.uploads');
    tell('apply_progress', 'aws_s3_bucket.uploads');
    expect(written).toEqual(['  00:30  0 of 4, making bucket uploads: bucket\n']);
  });

  it('there is none if nothing is in progress', () => {
    const { written, tell, shown } = progress();
    tell('apply_start', 'aws_s3_bucket.uploads', 'create');
    tell('apply_errored', 'aws_s3_bucket.uploads');
    jest.advanceTimersByTime(31_000);
    tell('apply_progress', 'aws_s3_bucket.uploads');
    shown.close();
    expect(written).toEqual([]);
  });
});

describe('on a terminal', () => {
  const CLEARED = '\r';

  it('the newest change in progress is shown, in place', () => {
    const { written, tell } = progress({ isTTY: true });
    tell('apply_start', 'aws_batch_job_definition.etl');
    tell('apply_start', 'aws_sfn_state_machine.etl', 'delete');
    tell('apply_complete', 'aws_sfn_state_machine.etl');
    expect(written).toEqual([
      CLEARED,
      '  00:00  0 of 4, making job etl: job definition',
      CLEARED,
      '  00:00  0 of 4, deleting job etl: the machine',
      CLEARED,
      '  00:00  1 of 4, making job etl: job definition',
    ]);
  });

  it('it is as long as the terminal is wide', () => {
    const { written, tell } = progress({ isTTY: true, columns: 20 });
    tell('apply_start', 'aws_batch_job_definition.etl');
    expect(written.at(-1)).toBe('  00:00  0 of 4, ma');
  });

  it('it is removed at the end, and before each line', () => {
    const { written, shown, tell } = progress({ isTTY: true });
    tell('apply_complete', 'aws_s3_bucket.uploads');
    expect(written).toEqual([CLEARED, '  00:00  done  bucket uploads\n', CLEARED]);
    shown.close();
    expect(written.slice(3)).toEqual([CLEARED]);
  });
});
