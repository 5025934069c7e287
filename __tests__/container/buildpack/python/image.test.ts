import { contextDigest } from '../../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { tar } from '../../../../modules/container/tar';
import { removeFolders } from '../../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf } from '../made';

type Given = Partial<BuildpackProperties>;

const JOB = {
  'job/main.py': 'import os\nfrom text import TEXT\nprint(TEXT, os.environ.get("STP_TRIGGER_EVENT_DATA"))\n',
  'job/text.py': 'TEXT = "today"\n',
};
const context = (files: { readonly [path: string]: string } = JOB, more: Given = {}) =>
  made(files, { entryfilePath: 'job/main.py', ...more });

afterEach(removeFolders);

describe('the context', () => {
  it('is the folder of the entry file, what starts it, and a Dockerfile', () => {
    const image = context({ ...JOB, 'job/__pycache__/text.pyc': '', 'job/.venv/x': '', 'other/x': '' });
    expect(paths(image)).toEqual([
      'Dockerfile',
      'app/main.py',
      'app/text.py',
      'event.pth',
      'fetch_event.py',
      'start.py',
    ]);
    expect(dockerfileOf(image)).toEqual([
      'FROM public.ecr.aws/docker/library/python:3.12.15-alpine3.24 AS packages',
      'WORKDIR /app',
      'RUN apk add --no-cache build-base libffi-dev git',
      'RUN python -m venv /venv',
      'COPY event.pth /opt/stp/',
      `RUN cp /opt/stp/event.pth "$(/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"`,
      '',
      'FROM public.ecr.aws/docker/library/python:3.12.15-alpine3.24',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 HOME=/tmp',
      'COPY --from=packages /venv /venv',
      'COPY start.py fetch_event.py /opt/stp/',
      'COPY --chown=1000:1000 app/ ./',
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
      'event.pth',
      'fetch_event.py',
      'packages/requirements.txt',
      'start.py',
    ]);
    expect(commandOf(image)).toEqual(['python', '/opt/stp/start.py', 'job/main.py']);
  });

  it('takes files from elsewhere', () => {
    const image = context({ ...JOB, 'shared/table.csv': '' }, { includeFiles: ['shared/*.csv'] });
    expect(paths(image)).toContain('app/shared/table.csv');
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
    expect(lines[0]).toMatch(/^FROM public.ecr.aws\/docker\/library\/python:3.14.\d+-slim-trixie AS packages$/);
    expect(lines.filter((line) => line === 'RUN apt-get install --yes ffmpeg')).toHaveLength(2);
    expect(lines).toEqual(
      expect.arrayContaining([
        "RUN /venv/bin/python -m pip uninstall --yes 'torch'",
        expect.stringMatching(/^RUN pip install .* python-minifier==/),
        'RUN python /opt/stp/minify.py /app',
        'COPY --from=packages --chown=1000:1000 /app ./',
      ]),
    );
  });

  it('makes an environment for Python 2.7 too', () => {
    const lines = dockerfileOf(context(JOB, { languageSpecificConfig: { pythonVersion: 2.7 } }));
    expect(lines).toContain('RUN pip install virtualenv && virtualenv /venv');
  });

  it.each([
    ['WSGI', '3.12', 'gunicorn==27.0.1', ['gunicorn', '--bind', '0.0.0.0:8000', 'main:app']],
    ['WSGI', '3.8', 'gunicorn==23.0.0', ['gunicorn', '--bind', '0.0.0.0:8000', 'main:app']],
    ['ASGI', '3.12', 'uvicorn==0.54.0', ['uvicorn', '--host', '0.0.0.0', '--port', '8000', 'main:app']],
    ['ASGI', '3.9', 'uvicorn==0.39.0', ['uvicorn', '--host', '0.0.0.0', '--port', '8000', 'main:app']],
  ] as const)('serves an application: %s, Python %s', (runAppAs, pythonVersion, server, words) => {
    const files = {
      'job/main.py': 'def app(environment, start):\n    pass\n',
      'job/requirements.txt': 'gunicorn==20\n',
    };
    const languageSpecificConfig = { runAppAs, pythonVersion };
    const image = context(files, { entryfilePath: 'job/main.py:app', languageSpecificConfig });
    expect(commandOf(image)).toEqual(['python', '/opt/stp/start.py', '-m', ...words]);
    // The project's own release of the server wins: it comes later.
    const lines = dockerfileOf(image);
    const [own, ours] = [
      lines.findIndex((line) => line.includes(' -r ')),
      lines.findIndex((line) => line.endsWith(server)),
    ];
    expect(ours).toBeGreaterThan(0);
    expect(own).toBeGreaterThan(ours);
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
      { ...JOB, 'other/pyproject.toml': '' },
      { languageSpecificConfig: { packageManagerFile: 'other/pyproject.toml' } },
      ['languageSpecificConfig', 'packageManagerFile'],
      '"other/pyproject.toml", the manifest of another project',
    ],
    ['a missing lockfile', { ...JOB, Pipfile: '' }, {}, ['entryfilePath'], 'a Pipfile without Pipfile.lock'],
    [
      'an application without a name',
      JOB,
      { languageSpecificConfig: { runAppAs: 'WSGI' } },
      ['entryfilePath'],
      '"job/main.py"',
    ],
    [
      'a function that is not there',
      JOB,
      { entryfilePath: 'job/main.py:run' },
      ['entryfilePath'],
      '"job/main.py:run": nothing in the file is called "run"',
    ],
    ['a file that is not included', JOB, { includeFiles: ['x'] }, ['includeFiles', '0'], '"x": no such file'],
  ])('is %s', (_, files, more, property, found) => {
    const problems = problemsOf(files, { entryfilePath: 'job/main.py', ...more });
    expect(problems.map((one) => [one.property.map(String), one.found])).toEqual([[property, found]]);
  });
});
