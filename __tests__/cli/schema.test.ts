import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../../cli/command-line';

const SCHEMA = readFileSync(join(__dirname, '../../batch-jobs.schema.json'), 'utf8');
let printed = '';

beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  jest.spyOn(console, 'log').mockImplementation((text) => {
    printed += `${text}\n`;
  });
});

afterEach(() => jest.restoreAllMocks());

it('prints the schema', async () => {
  expect(await commandLine(['schema'])).toBe(0);
  expect(printed).toBe(SCHEMA);
});

describe('with --out', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'schema-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes a file, and says how an editor finds it', async () => {
    const file = join(folder, 'schema.json');
    expect(await commandLine(['schema', '--out', file])).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(SCHEMA);
    expect(printed).toMatch(
      /^Wrote .*\n\nAn editor reads it[\s\S]*yaml-language-server: \$schema=\.[\s\S]*"\$schema": "/,
    );
  });

  it('is JSON for programs', async () => {
    const file = join(folder, 'schema.json');
    await commandLine(['schema', '--out', file, '--json']);
    expect(JSON.parse(printed)).toEqual({ file });
  });

  it('fails where nothing can be written', async () => {
    await expect(commandLine(['schema', '--out', join(folder, 'none', 'schema.json')])).rejects.toThrow('ENOENT');
  });
});
