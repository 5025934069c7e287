import { PassThrough } from 'node:stream';
import { confirmed, refuseSilentQuestion } from '../../../cli/command/question';
import { UsageError } from '../../../cli/command/usage-error';

const QUESTION = 'Destroy everything?';

const streams = {
  stdin: Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor,
  stderr: Object.getOwnPropertyDescriptor(process, 'stderr') as PropertyDescriptor,
};

let input: PassThrough & { isTTY?: boolean };
let printed: string;

beforeEach(() => {
  input = Object.assign(new PassThrough(), { isTTY: true });
  printed = '';
  const output = new PassThrough().on('data', (chunk) => {
    printed += chunk;
  });
  Object.defineProperty(process, 'stdin', { value: input, configurable: true });
  Object.defineProperty(process, 'stderr', { value: output, configurable: true });
});

afterEach(() => {
  Object.defineProperties(process, streams);
  jest.restoreAllMocks();
});

it('asks nobody where an option has confirmed', async () => {
  input.isTTY = false;
  expect(await confirmed(QUESTION, true)).toBe(true);
  expect(printed).toBe('');
});

it('does not go ahead where nobody can be asked', async () => {
  input.isTTY = false;
  const refused = 'Nothing was changed: standard input is not a terminal to ask on. Add --yes to go ahead.';
  await expect(confirmed(QUESTION, false)).rejects.toThrow(new UsageError(refused));
  await expect(confirmed(QUESTION, false, '--auto-approve')).rejects.toThrow('Add --auto-approve to go ahead.');
  expect(printed).toBe('');
});

it.each<[string, boolean]>([
  ['y', true],
  ['yes', true],
  ['YES', true],
  [' y ', true],
  ['', false],
  ['n', false],
  ['yes please', false],
  ['oh yes', false],
])('takes the answer "%s" as %s', async (answer, expected) => {
  const confirmation = confirmed(QUESTION, false);
  input.write(`${answer}\n`);
  expect(await confirmation).toBe(expected);
  // Nothing reads on, which would keep the process alive.
  expect(input.isPaused()).toBe(true);
  expect(printed).toBe(`\n${QUESTION} [y/N] `);
});

it('takes the end of the input as a no, and ends the line', async () => {
  const confirmation = confirmed(QUESTION, false);
  input.end();
  expect(await confirmation).toBe(false);
  expect(printed).toBe(`\n${QUESTION} [y/N] \n`);
});

it('lets Ctrl-C end the process as a signal does', async () => {
  Object.assign(input, { setRawMode: () => input });
  Object.assign(process.stderr, { isTTY: true });
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  const confirmation = confirmed(QUESTION, false);
  input.write('\u0003');
  await new Promise(setImmediate);
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
  expect(printed).toMatch(/\[y\/N\] .*\n$/s);
  input.end();
  expect(await confirmation).toBe(false);
});

it('refuses a document with a question in it, before anything is done', () => {
  const refused = new UsageError('--json cannot ask: add --yes.');
  expect(() => refuseSilentQuestion({ json: true })).toThrow(refused);
  expect(() => refuseSilentQuestion({ json: true, yes: false })).toThrow(refused);
  expect(() => refuseSilentQuestion({ json: true, yes: true })).not.toThrow();
  expect(() => refuseSilentQuestion({ json: false })).not.toThrow();
});
