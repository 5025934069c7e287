import { UsageError } from '../../cli/command/usage-error';
import { commandLine } from '../../cli/command-line';
import { SUBCOMMANDS } from '../../cli/subcommands';

let printed = '';

beforeEach(() => {
  printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  }
});

afterEach(() => jest.restoreAllMocks());

it('prints its help, which names every subcommand', async () => {
  expect(await commandLine(['--help'])).toBe(0);
  for (const { name, summary } of SUBCOMMANDS)
    expect(printed).toMatch(new RegExp(`^ {2}${name} +${summary.slice(0, 20)}`, 'm'));
});

it('is not asked for anything without a word', async () => {
  expect(await commandLine([])).toBe(2);
  expect(printed).toContain('Usage: batch-jobs <command> [options]');
});

it('prints its version', async () => {
  expect(await commandLine(['--version'])).toBe(0);
  expect(printed).toBe(`${require('../../package.json').version}\n`);
});

describe.each(SUBCOMMANDS.map(({ name }) => name))('%s', (name) => {
  it.each([[[name, '--help']], [['help', name]], [[name, '-h']]])('explains itself: %j', async (words) => {
    expect(await commandLine(words)).toBe(0);
    expect(printed).toMatch(new RegExp(`^Usage: batch-jobs ${name} `));
    const lines = printed.split('\n').filter((line) => !line.includes('$schema'));
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints JSON for programs', async () => {
    await commandLine([name, '--help']);
    expect(printed).toMatch(/^ {2}--json /m);
  });
});

it.each([
  [['lcoal'], 'Unknown command "lcoal". Did you mean local? See --help.'],
  [['help', 'lcoal'], 'Unknown command "lcoal". Did you mean local? See --help.'],
  [['--verison'], 'Unknown option "--verison". Did you mean --version? See --help.'],
  [['synth', '--cofnig', 'x'], 'Unknown option "--cofnig". Did you mean --config? See --help.'],
  [['local'], 'Missing required argument "job". See --help.'],
  [['local', 'a', 'b'], 'Too many arguments for "local". Expected 1 argument but got 2. See --help.'],
  [['local', 'a', '--event'], 'Option "--event <file>" argument missing. See --help.'],
  [['local', 'a', '--event', '--fast'], 'Option "--event <file>" has no value: the next word is the option "--fast".'],
  [['deploy', '--lock-timeout', 'soon'], '--lock-timeout takes a time such as 30s or 10m, got "soon".'],
  [['deploy', '--json'], '--json cannot ask: add --yes.'],
  [['console', '--port', '0'], '--port takes a number from 1 to 65535, got "0".'],
  [['console', '--port', '65536'], '--port takes a number from 1 to 65535, got "65536".'],
  [['console', '--port', '80x'], '--port takes a number from 1 to 65535, got "80x".'],
  [
    ['console', '--region', 'eu-west-1'],
    '--region selects where deployed runs are shown. Add --aws, or leave out --region.',
  ],
])('%j is not understood', async (words, message) => {
  const attempt = commandLine(words);
  await expect(attempt).rejects.toThrow(UsageError);
  await expect(attempt).rejects.toThrow(message);
});
