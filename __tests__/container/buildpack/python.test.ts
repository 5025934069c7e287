import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type BuildContext, contextDigest } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { tar } from '../../../modules/container/tar';
import { removeFolders } from '../folder';
import { run, unpacked } from '../resolver/image-process';
import { ObjectStore } from '../resolver/object-store';
import { commandOf, dockerfileOf, made, paths, problemsOf } from './made';

type Given = Partial<BuildpackProperties>;

const JOB = {
  'job/main.py': 'import os\nfrom text import TEXT\nprint(TEXT, os.environ.get("STP_TRIGGER_EVENT_DATA"))\n',
  'job/text.py': 'TEXT = "today"\n',
};
const PYTHON = process.env.PYTHON ?? 'python3';
const hasPython = spawnSync(PYTHON, ['--version']).status === 0;

const context = (files: { readonly [path: string]: string } = JOB, more: Given = {}) =>
  made(files, { entryfilePath: 'job/main.py', ...more });

async function started(image: BuildContext, env: { readonly [name: string]: string }, args: readonly string[] = []) {
  const { dir, remove } = unpacked(image);
  try {
    const command = commandOf(image).map((word) => word.replace('/opt/stp', dir));
    return await run([PYTHON, ...command.slice(1), ...args], join(dir, 'app'), {
      PATH: process.env.PATH ?? '',
      ...env,
    });
  } finally {
    remove();
  }
}

afterEach(removeFolders);

describe('the context', () => {
  it('is the folder of the entry file, what starts it, and a Dockerfile', () => {
    const image = context({ ...JOB, 'job/__pycache__/text.pyc': '', 'job/.venv/x': '', 'other/x': '' });
    expect(paths(image)).toEqual(['Dockerfile', 'app/main.py', 'app/text.py', 'start.py']);
    expect(dockerfileOf(image)).toEqual([
      'FROM public.ecr.aws/docker/library/python:3.12-alpine AS packages',
      'WORKDIR /app',
      'RUN apk add --no-cache build-base libffi-dev git',
      'RUN python -m venv /venv',
      'COPY app/ ./',
      '',
      'FROM public.ecr.aws/docker/library/python:3.12-alpine',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 HOME=/tmp',
      'COPY --from=packages /venv /venv',
      'COPY start.py /opt/stp/',
      'COPY --from=packages --chown=1000:1000 /app ./',
      'USER 1000:1000',
      'CMD ["python","/opt/stp/start.py","main.py"]',
    ]);
  });

  it('has the same digest and bytes in two folders', () => {
    const [one, other] = [context(), context()];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(Buffer.concat([...tar(one.files)]).equals(Buffer.concat([...tar(other.files)]))).toBe(true);
  });

  it('is the folder of the nearest manifest, less what its .dockerignore and excludeFiles leave out', () => {
    const image = context(
      { ...JOB, 'requirements.txt': 'boto3', '.dockerignore': 'docs', 'docs/a': '', 'data/a': '', 'data/b': '' },
      { excludeFiles: ['data/b'] },
    );
    expect(paths(image)).toEqual([
      'Dockerfile',
      'app/.dockerignore',
      'app/data/a',
      'app/job/main.py',
      'app/job/text.py',
      'app/requirements.txt',
      'start.py',
    ]);
    expect(commandOf(image)).toEqual(['python', '/opt/stp/start.py', 'job/main.py']);
  });

  it('takes files from elsewhere', () => {
    const image = context({ ...JOB, 'shared/table.csv': '' }, { includeFiles: ['shared/*.csv'] });
    expect(paths(image)).toContain('app/shared/table.csv');
  });

  const pip = '/venv/bin/python -m pip install --no-cache-dir';
  const sync = 'UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync --no-cache --inexact';

  it.each<[string, { readonly [path: string]: string }, BuildpackProperties['languageSpecificConfig'], string]>([
    ['requirements.txt', { 'requirements.txt': '' }, {}, `${pip} -r 'requirements.txt'`],
    [
      'requirements.txt by uv',
      { 'requirements.txt': '' },
      { packageManager: 'uv' },
      "uv pip install --no-cache --python /venv/bin/python -r 'requirements.txt'",
    ],
    [
      'a requirements file that is named',
      { 'job/requirements-job.txt': '' },
      { packageManagerFile: 'job/requirements-job.txt' },
      `${pip} -r 'requirements-job.txt'`,
    ],
    ['pyproject.toml', { 'pyproject.toml': '' }, {}, `${sync} --no-dev`],
    ['pyproject.toml and its lockfile', { 'pyproject.toml': '', 'uv.lock': '' }, {}, `${sync} --frozen --no-dev`],
    [
      'groups of pyproject.toml',
      { 'pyproject.toml': '' },
      { uvOptionalDependencies: ['s3'], uvWithGroups: ['job'], uvWithoutGroups: ['docs'] },
      `${sync} --no-dev --extra 's3' --group 'job' --no-group 'docs'`,
    ],
    ['one group alone', { 'pyproject.toml': '' }, { uvOnlyGroups: ['job'] }, `${sync} --only-group 'job'`],
    [
      'Pipfile',
      { Pipfile: '', 'Pipfile.lock': '' },
      {},
      `pipenv requirements > /tmp/requirements.txt && ${pip} -r /tmp/requirements.txt`,
    ],
  ])('installs packages: %s', (_, files, languageSpecificConfig, command) => {
    const lines = dockerfileOf(context({ ...JOB, ...files }, { languageSpecificConfig }));
    expect(lines).toContain(`RUN ${command}`);
    expect(lines.indexOf('COPY app/ ./')).toBeLessThan(lines.indexOf(`RUN ${command}`));
  });

  it('follows every other setting', () => {
    const lines = dockerfileOf(
      context(JOB, {
        requiresGlibcBinaries: true,
        customDockerBuildCommands: ['apt-get install --yes ffmpeg'],
        excludeDependencies: ['torch'],
        languageSpecificConfig: { pythonVersion: 3.14, minify: true },
      }),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'FROM public.ecr.aws/docker/library/python:3.14-slim',
        'RUN apt-get install --yes ffmpeg',
        "RUN /venv/bin/python -m pip uninstall --yes 'torch'",
        expect.stringMatching(/^RUN pip install .* python-minifier==.* && pyminify --in-place/),
      ]),
    );
  });

  it('makes an environment for Python 2.7 too', () => {
    const lines = dockerfileOf(context(JOB, { languageSpecificConfig: { pythonVersion: 2.7 } }));
    expect(lines).toContain('RUN pip install virtualenv && virtualenv /venv');
  });

  it.each([
    ['WSGI', ['gunicorn', '--bind', '0.0.0.0:8000', 'main:app']],
    ['ASGI', ['uvicorn', '--host', '0.0.0.0', '--port', '8000', 'main:app']],
  ] as const)('serves an application: %s', (runAppAs, words) => {
    const image = context(JOB, { entryfilePath: 'job/main.py:app', languageSpecificConfig: { runAppAs } });
    expect(commandOf(image)).toEqual(['python', '/opt/stp/start.py', '-m', ...words]);
  });
});

describe('a problem', () => {
  it.each<[string, { readonly [path: string]: string }, Given, string[], string]>([
    ['a missing file', {}, {}, ['entryfilePath'], '"job/main.py": no such file'],
    [
      'a missing manifest',
      JOB,
      { languageSpecificConfig: { packageManagerFile: 'requirements.txt' } },
      ['languageSpecificConfig', 'packageManagerFile'],
      '"requirements.txt": no such file',
    ],
    [
      'a manifest of another project',
      { ...JOB, 'other/requirements.txt': '' },
      { languageSpecificConfig: { packageManagerFile: 'other/requirements.txt' } },
      ['entryfilePath'],
      'a file outside of the project that packageManagerFile or projectFile names',
    ],
    ['a missing lockfile', { ...JOB, Pipfile: '' }, {}, ['entryfilePath'], 'a Pipfile without Pipfile.lock'],
    [
      'an application without a name',
      JOB,
      { languageSpecificConfig: { runAppAs: 'WSGI' } },
      ['entryfilePath'],
      '"job/main.py"',
    ],
    ['a file that is not included', JOB, { includeFiles: ['x'] }, ['includeFiles', '0'], '"x": no such file'],
  ])('is %s', (_, files, more, property, found) => {
    const problems = problemsOf(files, { entryfilePath: 'job/main.py', ...more });
    expect(problems.map((one) => [one.property.map(String), one.found])).toEqual([[property, found]]);
  });
});

(hasPython ? describe : describe.skip)('the job, run as a process by Python', () => {
  const store = new ObjectStore();
  const large = JSON.stringify({ records: 'é'.repeat(300_000) });

  beforeAll(() => store.start());
  afterAll(() => store.stop());
  beforeEach(() => {
    store.requests.length = 0;
    store.failures = 0;
  });

  it('gets a small event as it is, and asks nobody', async () => {
    const { status, stdout, stderr } = await started(context(), store.environment('{"a":1}'));
    expect([status, stderr, stdout]).toEqual([0, '', 'today {"a":1}\n']);
    expect(store.requests).toEqual([]);
  });

  it('gets a large event that was referred to, which no environment could hold', async () => {
    const text =
      'import json, os\ntext = os.environ["STP_TRIGGER_EVENT_DATA"]\nfile = open(os.environ["STP_TRIGGER_EVENT_FILE"], encoding="utf-8").read()\nprint(len(json.loads(text)["records"]), text == file)\n';
    const image = context({ 'job/main.py': text });
    const { status, stdout, stderr } = await started(image, store.environment(store.store(large)));
    expect([status, stderr, stdout]).toEqual([0, '', '300000 True\n']);
  });

  it("signs with the credentials of the job's role, and tries again while S3 is busy", async () => {
    store.failures = 1;
    const { status, stdout, stderr } = await started(context(), store.roleEnvironment(store.store('{"b":2}')));
    expect([status, stderr, stdout]).toEqual([0, '', 'today {"b":2}\n']);
  });

  it.each<[string, (input: string) => string, string]>([
    ['that is gone', (input) => input.replace('nightly-1', 'nightly-2'), 'HTTP Error 404'],
    ['that was changed', (input) => input.replace(/"sha256":"./, '"sha256":"x'), 'has the SHA-256'],
  ])('is not started with an event %s', async (_, change, message) => {
    const { status, stdout, stderr } = await started(context(), store.environment(change(store.store(large))));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The job's event could not be fetched: /);
    expect(stderr).toContain(message);
  });

  it.each([
    ['AWS_REGION', 'the container has no AWS_REGION'],
    ['AWS_ACCESS_KEY_ID', 'the container has no AWS credentials'],
  ])('says what is missing: %s', async (name, message) => {
    const { [name]: _, ...env } = store.environment(store.store(large));
    expect((await started(context(), env)).stderr).toContain(message);
  });

  it.each([
    '{"stpPayload":{"s3Uri":"x"}}',
    '{"stpPayload":1}',
    '["stpPayload"]',
    '{"stpPayload":{"s3Uri":"s3://a/b","sha256":"c","bytes":1},"more":1}',
    'stpPayload',
  ])('takes for an event what is no reference: %s', async (event) => {
    expect((await started(context(), store.environment(event))).stdout).toBe(`today ${event}\n`);
  });

  it('is the main program, with its arguments and its exit code', async () => {
    const text = 'import sys\nif __name__ == "__main__":\n    print(sys.argv)\n    sys.exit(7)\n';
    const { status, stdout } = await started(context({ 'job/main.py': text }), {}, ['--day', 'today']);
    expect([status, stdout]).toEqual([7, "['main.py', '--day', 'today']\n"]);
  });

  it('calls the function that the entry file names', async () => {
    const files = {
      'requirements.txt': '',
      'job/main.py': 'from .text import TEXT\ndef run():\n    print(TEXT, __name__)\n',
      'job/text.py': JOB['job/text.py'],
    };
    const { stdout, stderr } = await started(context(files, { entryfilePath: 'job/main.py:run' }), {});
    expect([stderr, stdout]).toEqual(['', 'today job.main\n']);
  });

  it('runs a module', async () => {
    const image = context(JOB);
    const { dir, remove } = unpacked(image);
    try {
      const ended = await run([PYTHON, join(dir, 'start.py'), '-m', 'json.tool', '--help'], dir, {});
      expect(ended.stdout).toContain('usage: ');
    } finally {
      remove();
    }
  });
});
