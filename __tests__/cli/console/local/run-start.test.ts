import { NOT_STARTED } from '../../../../cli/command/exit-code';
import { CommandFailure } from '../../../../cli/command/reported-error';
import { UsageError } from '../../../../cli/command/usage-error';
import { RunStart } from '../../../../cli/console/local/run-start';

/** What becomes of a start. */
async function after(tell: (start: RunStart) => void): Promise<unknown> {
  const start = new RunStart();
  tell(start);
  const undecided = new Promise((resolve) => setImmediate(resolve, 'undecided'));
  return Promise.race([start.recorded.catch((error) => error), undecided]);
}

const line = (document: object) => `${JSON.stringify(document)}\n`;
const failure = (message: string) => new CommandFailure(message);

it('a run that is recorded has its id', async () => {
  expect(
    await after((start) => {
      start.output('The config says hello.\n');
      start.output(
        line({ type: 'state', id: 'x' }) + line({ type: 'recorded', id: 'r1' }) + line({ type: 'recorded', id: 'r2' }),
      );
      start.ended(1);
    }),
  ).toBe('r1');
});

it('a document can come in pieces', async () => {
  const text = line({ type: 'recorded', id: 'r1' });
  expect(
    await after((start) => {
      for (const letter of text) start.output(letter);
    }),
  ).toBe('r1');
});

it.each([
  'null\n',
  '1\n',
  '{\n',
  line({ type: 'recorded', id: 1 }),
  line({ type: 'note', text: 'a' }),
  '{"type":"recorded","id":"r1"}',
])('%j starts nothing', async (text) => {
  expect(
    await after((start) => {
      start.output(text);
      start.ended(1);
    }),
  ).toEqual(failure('The command ended with exit code 1 before the run started.'));
});

it('a run that is not recorded cannot be shown', async () => {
  expect(
    await after((start) => start.output(line({ type: 'note', text: 'Not recorded: EACCES', isRecorded: false }))),
  ).toEqual(
    failure(
      'Not recorded: EACCES. The console can show only recorded runs: make .batch-jobs a folder that you can write to, with space on its disk.',
    ),
  );
});

it.each([
  [0, 'The command ended with exit code 0 before the run started.'],
  [null, 'A signal ended the command before the run started.'],
])('an end by %s says so', async (code, message) => {
  const error = await after((start) => start.ended(code));
  expect(error).toEqual(failure(message));
  expect(error).toBeInstanceOf(CommandFailure);
});

it('an error of usage stays one', async () => {
  const error = await after((start) => {
    start.error(' no such ');
    start.error('job \n');
    start.ended(NOT_STARTED);
  });
  expect(error).toEqual(new UsageError('no such job'));
  expect(error).toBeInstanceOf(UsageError);
});

it.each([
  [{ type: 'error', error: 'It failed.' }, 'It failed.'],
  [
    { type: 'engine-fault', problem: 'docker: the disk is full', fix: 'Free some space' },
    'docker: the disk is full. Free some space.',
  ],
  [{ type: 'error', error: 1 }, 'said otherwise'],
])('%j comes before standard error', async (document, message) => {
  expect(
    await after((start) => {
      start.error('said otherwise');
      start.output(line(document));
      start.ended(1);
    }),
  ).toEqual(failure(message));
});

it('what a build has said follows', async () => {
  const built = { type: 'build-failed', lines: ['a', 2] };
  expect(
    await after((start) => {
      start.output(
        line(built) + line({ type: 'build-failed', lines: 'x' }) + line({ type: 'error', error: 'It failed.' }),
      );
      start.ended(1);
    }),
  ).toEqual(failure('It failed.\na\n2'));
});

it('the first end counts', async () => {
  expect(
    await after((start) => {
      start.fail(failure('first'));
      start.fail(failure('second'));
      start.output(line({ type: 'recorded', id: 'r1' }));
      start.error('x');
      start.ended(1);
    }),
  ).toEqual(failure('first'));
});

it('only the last 65,536 characters of what it says are kept', async () => {
  const long = `a${'b'.repeat(65_536)}`;
  expect(
    await after((start) => {
      start.error(long);
      start.ended(1);
    }),
  ).toEqual(failure('b'.repeat(65_536)));
  const document = JSON.stringify({ type: 'recorded', id: 'r1' });
  expect(
    await after((start) => {
      start.output('x'.repeat(10) + document.padStart(65_536));
      start.output('\n');
    }),
  ).toBe('r1');
});
