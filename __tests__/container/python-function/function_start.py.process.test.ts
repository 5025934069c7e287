import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installFunctionPackages } from '../../../modules/container/python-function/packages';
import { pythonFunction } from '../../../modules/container/python-function/python-function';
import { bytes } from '../../../modules/container/tar';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'function-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes files below the folder. */
function write(below: string, files: { readonly [path: string]: string | Buffer }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, below, path)), { recursive: true });
    writeFileSync(join(folder, below, path), content);
  }
}

/** Calls a function as Lambda does: its folder is the first that modules are searched in. */
function call(
  files: { readonly [path: string]: string },
  readsSecrets: boolean,
  env: { readonly [name: string]: string } = {},
) {
  write('project', files);
  const [file = ''] = Object.keys(files);
  const baseDir = join(folder, 'project');
  const made = pythonFunction({ baseDir, file, handlerName: 'handler', architecture: 'arm64', readsSecrets });
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  write('zip', Object.fromEntries(made.files.map(({ path, content }) => [path, bytes(content)])));
  const [module = '', name = ''] = made.handler.replaceAll('/', '.').split(/\.(?=[^.]*$)/);
  const program = `import json, ${module}; print(json.dumps(${module}.${name}({"a": 1}, None)))`;
  const options = {
    cwd: join(folder, 'zip'),
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
    stdio: 'pipe',
  } as const;
  return JSON.parse(execFileSync('python3', ['-c', program], options));
}

/** An SDK that answers with secrets of its own, and counts its calls. */
const BOTO3 = {
  'boto3.py': `
calls = []
class Client:
    def __init__(self, *given): self.given = given
    def get_secret_value(self, **asked):
        calls.append(asked)
        return {"SecretString": '{"password": "a b!", "port": 5432}'}
    def get_parameters(self, **asked):
        calls.append(asked)
        return {"Parameters": [{"Value": "from " + asked["Names"][0]}]}
def client(service, region_name, config): return Client(service, region_name)
`,
  'botocore/__init__.py': '',
  'botocore/config.py': 'class Config:\n    def __init__(self, **given): pass\n',
};

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3';
const PARAMETER = 'arn:aws:ssm:eu-west-1:123456789012:parameter/key';

const READER = `import os, boto3
SEEN = {name: os.environ[name] for name in os.environ if name.startswith("STP_A") or name == "KEY"}
def handler(event, context): return {**SEEN, "calls": len(boto3.calls)}
`;

it('reads secrets before the code is loaded, each one once', () => {
  const env = {
    STP_SECRETS: 'STP_A_PASSWORD STP_A_PORT KEY',
    STP_A_PASSWORD: `${SECRET}:password::`,
    STP_A_PORT: `${SECRET}:port::`,
    KEY: PARAMETER,
    STP_COMPLETED: 'STP_A_URL',
    STP_A_URL: 'postgres://me:$(STP_A_PASSWORD)@host',
  };
  expect(call({ 'read.py': READER, ...BOTO3 }, true, env)).toEqual({
    STP_A_PASSWORD: 'a b!',
    STP_A_PORT: '5432',
    STP_A_URL: 'postgres://me:a%20b%21@host',
    KEY: `from ${PARAMETER}`,
    calls: 2,
  });
});

it('says which variable has no value', () => {
  const env = { STP_SECRETS: 'KEY', KEY: `${SECRET}:gone::` };
  expect(() => call({ 'read.py': READER, ...BOTO3 }, true, env)).toThrow(
    `RuntimeError: KEY could not be read from ${SECRET}:gone::: it has no key "gone"`,
  );
});

it('finds the modules of the project, and those beside the file', () => {
  const files = {
    'app/sort.py':
      'from words import WORDS\nfrom app.more import MORE\ndef handler(event, context): return WORDS + MORE',
    'app/words.py': 'WORDS = ["a"]',
    'app/more.py': 'MORE = ["b"]',
    'pyproject.toml': '[project]\nname = "sort"\nversion = "1"\n',
  };
  expect(call(files, false)).toEqual(['a', 'b']);
});

it('has the packages that pip installs for Lambda', () => {
  // Conditions are as of Lambda, whatever Python pip runs on.
  const text = `idna==3.10 ; python_version == "3.12" and platform_machine == "aarch64"\nsix ; python_version != "3.12"\n`;
  const requirements = { from: { text }, folder, texts: [text], whole: false };
  const platform = { version: '3.12', architecture: 'arm64' } as const;
  const cache = join(folder, 'cache');
  const found = installFunctionPackages(requirements, platform, [], cache);
  if ('problem' in found) throw new Error(String(found.problem.found));
  expect(found.filter(({ path }) => path.startsWith('six'))).toEqual([]);
  write('packages', Object.fromEntries(found.map(({ path, content }) => [path, bytes(content)])));
  cpSync(join(folder, 'packages'), join(folder, 'project'), { recursive: true });
  const code = 'import idna\ndef handler(event, context): return idna.encode("bücher.de").decode()';
  expect(call({ 'encode.py': code }, false)).toBe('xn--bcher-kva.de');
  const failed = installFunctionPackages(
    { ...requirements, from: { text: 'gone-from-every-index==1' }, texts: ['x'] },
    platform,
    [],
    cache,
  );
  expect(failed).toMatchObject({ problem: { found: expect.stringContaining('No matching distribution found') } });
});

/** Projects as the tool itself locked them: Poetry 2.5.1, PDM 2.22.4, Pipenv 2026.10.3. */
const LOCKED = join(__dirname, '../../fixtures/python-functions');

it.each(['poetry', 'pdm', 'pipenv'])(
  'has the packages that a project of %s has locked, and none of its development',
  (tool) => {
    cpSync(join(LOCKED, tool), join(folder, 'project'), { recursive: true });
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
    const code =
      'import idna\ndef handler(event, context): return [idna.__version__, idna.encode("bücher.de").decode()]';
    expect(call({ 'weigh.py': code }, false)).toEqual(['3.10', 'xn--bcher-kva.de']);
    expect(existsSync(join(folder, 'zip', 'idna', '__init__.py'))).toBe(true);
    expect(existsSync(join(folder, 'zip', 'tomli'))).toBe(false);
  },
);
