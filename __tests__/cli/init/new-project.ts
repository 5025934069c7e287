import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandLine } from '../../../cli/command-line';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'init-')));

export const cwd = process.cwd();

export const OWN = JSON.parse(readFileSync('package.json', 'utf8'));

beforeAll(() => {
  Object.assign(process.env, { AWS_CONFIG_FILE: join(root, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(root, 'none') });
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'npm_config_user_agent'])
    delete process.env[name];
});

afterEach(() => process.chdir(cwd));

afterAll(() => rmSync(root, { recursive: true }));

type Files = Readonly<Record<string, string>>;

let folders = 0;

/** A folder with files. */
export function folderWith(files: Files = {}): string {
  folders += 1;
  const path = join(root, `${folders}`, 'reports');
  mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return path;
}

/** The files of a folder by their paths. */
export function filesIn(path: string): Record<string, string> {
  const isFolder = (file: string) => lstatSync(join(path, file)).isDirectory();
  const paths = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !isFolder(file))
    .sort();
  return Object.fromEntries(
    paths.map((file) => [
      file,
      existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : 'a link to nothing',
    ]),
  );
}

/** Calls `init` in a folder, where there is no terminal. */
export async function init(path: string, ...words: string[]) {
  process.chdir(path);
  const log = jest.spyOn(console, 'log').mockImplementation();
  try {
    const code = await commandLine(['init', ...words]);
    return { code, printed: log.mock.calls.join('\n') };
  } finally {
    log.mockRestore();
  }
}

/** What it says when it writes nothing. */
export async function refused(path: string, ...words: string[]): Promise<string> {
  const before = filesIn(root);
  const error = await init(path, ...words).then(
    ({ printed }) => `not refused: ${printed}`,
    (caught: Error) => caught.message,
  );
  expect(filesIn(root)).toEqual(before);
  return error;
}

/** The files of a new project in TypeScript. */
export const TYPESCRIPT_PROJECT = [
  '.gitignore',
  'README.md',
  'batch-jobs.config.ts',
  'cdktf.json',
  'jobs/nightly-report.test.ts',
  'jobs/nightly-report.ts',
  'main.ts',
  'package.json',
  'tsconfig.json',
];
