import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG_FILES, defaultConfigFile, stacktapeFile } from '../../modules/config/default-config-file';
import { loadConfig } from '../../modules/load';

const root = mkdtempSync(join(tmpdir(), 'default-config-file-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

function folderWith(...files: string[]): string {
  folders += 1;
  const folder = join(root, `${folders}`);
  mkdirSync(folder);
  for (const file of files) writeFileSync(join(folder, file), '{ "stackName": "found", "resources": {} }');
  return folder;
}

it.each(DEFAULT_CONFIG_FILES)('%s is found', (file) => {
  expect(defaultConfigFile(folderWith(file, 'other.yml', 'package.json'))).toBe(file);
});

it('is batch-jobs.config.ts where there is none', () => {
  expect(defaultConfigFile(folderWith('batch-jobs.yml'))).toBe('batch-jobs.config.ts');
});

it.each(['js', 'mjs', 'cjs'])('what a compiler puts next to a .ts file is no second config: .%s', (ending) => {
  expect(defaultConfigFile(folderWith('batch-jobs.config.ts', `batch-jobs.config.${ending}`))).toBe(
    'batch-jobs.config.ts',
  );
});

it.each([
  ['batch-jobs.config.ts', 'batch-jobs.config.yml'],
  ['batch-jobs.config.js', 'batch-jobs.config.json'],
  ['batch-jobs.config.yml', 'batch-jobs.config.yaml'],
])('%s and %s are an error, since one would be ignored', (one, other) => {
  expect(() => defaultConfigFile(folderWith(one, other))).toThrow(
    expect.objectContaining({
      problems: [
        {
          code: 'conflict',
          message: `The folder has two configs, ${one} and ${other}.`,
          path: '',
          found: `two configs, ${one} and ${other}`,
          accepted: 'one file named batch-jobs.config',
          fix: `remove or rename one of them, or name the one to read: BATCH_JOBS_CONFIG=${one}`,
        },
      ],
    }),
  );
});

describe('in the current folder', () => {
  const { BATCH_JOBS_CONFIG } = process.env;
  const cwd = process.cwd();

  beforeEach(() => {
    delete process.env.BATCH_JOBS_CONFIG;
  });
  afterEach(() => {
    process.chdir(cwd);
    if (BATCH_JOBS_CONFIG !== undefined) process.env.BATCH_JOBS_CONFIG = BATCH_JOBS_CONFIG;
  });

  it('a config in YAML is loaded', async () => {
    process.chdir(folderWith('batch-jobs.config.yml'));
    await expect(loadConfig()).resolves.toMatchObject({
      file: expect.stringMatching(/batch-jobs\.config\.yml$/),
      config: { stackName: 'found' },
    });
  });

  it('BATCH_JOBS_CONFIG chooses between two', async () => {
    process.chdir(folderWith('batch-jobs.config.yml', 'batch-jobs.config.json'));
    await expect(loadConfig()).rejects.toThrow('two configs');
    process.env.BATCH_JOBS_CONFIG = 'batch-jobs.config.json';
    await expect(loadConfig()).resolves.toMatchObject({ config: { stackName: 'found' } });
  });
});

it.each(['stacktape.yml', 'stacktape.yaml', 'stacktape.ts', 'stacktape.js', 'stacktape.json'])(
  '%s is named where it is alone, and not read',
  async (file) => {
    const folder = folderWith(file);
    expect(stacktapeFile(folder)).toBe(file);
    const before = process.cwd();
    try {
      process.chdir(folder);
      await expect(loadConfig()).rejects.toMatchObject({
        problems: [{ fix: expect.stringMatching(`^read ${file}: add --config ${file}, or name another file in`) }],
      });
    } finally {
      process.chdir(before);
    }
  },
);

it('no other file is taken for a config of Stacktape', () => {
  expect(stacktapeFile(folderWith('stacktape.md', 'my-stacktape.yml'))).toBeUndefined();
});
