import { Command } from 'commander';
import { configOption, jsonOption } from '../../../cli/command/common-options';

const VARIABLE = 'BATCH_JOBS_CONFIG';

async function run(words: string[], before?: string): Promise<string | undefined> {
  if (before === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = before;
  let seen: string | undefined;
  const command = configOption(new Command()).action(() => {
    seen = process.env[VARIABLE];
  });
  await command.parseAsync(words, { from: 'user' });
  return seen;
}

afterEach(() => {
  delete process.env[VARIABLE];
});

it('--config is in the variable when the command runs, which programs that it starts inherit', async () => {
  expect(await run(['--config', 'a.yml'])).toBe('a.yml');
  expect(await run(['--config', 'a.yml'], 'b.yml')).toBe('a.yml');
});

it('without --config, the variable stays as it is', async () => {
  expect(await run([])).toBeUndefined();
  expect(await run([], 'b.yml')).toBe('b.yml');
});

it('--json is off by default, and says what it prints', () => {
  const command = jsonOption(new Command());
  expect(command.opts()).toEqual({ json: false });
  expect(command.parse(['--json'], { from: 'user' }).opts()).toEqual({ json: true });
  expect(command.helpInformation()).toContain('print one JSON document');
  expect(jsonOption(new Command(), 'print a row for each run').helpInformation()).toContain('print a row for each run');
});

it('--config says where the config is by default', () => {
  const help = configOption(new Command()).configureHelp({ helpWidth: 200 }).helpInformation();
  expect(help).toContain('--config <file>');
  expect(help).toContain('the config (default: BATCH_JOBS_CONFIG, else batch-jobs.config.ts, .yml or .json)');
});
