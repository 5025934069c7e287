import { removeFolders } from '../../folder';
import { commandOf, dockerfileOf, paths, textOf } from '../made';
import { type Files, image, PIP, PROJECT, problems, type Settings, SYNC } from './installed';

afterEach(removeFolders);

/** Commands of the stage that installs, and the copies between them. */
const stage = (files: Files, settings?: Settings, entry?: string) => {
  const lines = dockerfileOf(image(files, settings, entry));
  const start = lines.findIndex((line) => line.startsWith('RUN cp /opt/stp/event.pth'));
  return lines.slice(start + 1, lines.indexOf('')).map((line) => line.replace(/^RUN /, ''));
};

const BUILD = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

describe('what declares packages', () => {
  it.each<[string, Files, Settings, string[]]>([
    ['requirements.txt', { 'requirements.txt': 'six' }, {}, ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`]],
    [
      'requirements.txt by uv',
      { 'requirements.txt': 'six' },
      { packageManager: 'uv' },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        "uv pip install --no-cache --python /venv/bin/python -r 'requirements.txt'",
      ],
    ],
    [
      'a pyproject.toml of tools alone beside requirements.txt',
      { 'requirements.txt': 'six', 'pyproject.toml': '[tool.ruff]\n' },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'a project without packages beside requirements.txt',
      { 'requirements.txt': 'six', 'pyproject.toml': PROJECT },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'requirements.txt that pip-tools made of the project',
      { 'requirements.txt': '# by pip-compile\nsix==1', 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n` },
      {},
      ['COPY packages/ /app/', `${PIP} -r 'requirements.txt'`],
    ],
    [
      'a project without a lockfile',
      { 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n` },
      {},
      ['pip install --no-cache-dir uv==0.13.9', 'COPY packages/ /app/', `${SYNC} --no-dev --no-install-local`],
    ],
    [
      'a project that is built, by uv',
      { 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n${BUILD}` },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --no-dev --no-install-local`,
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${SYNC} --no-dev`,
      ],
    ],
    [
      'extras and groups',
      {
        'pyproject.toml': `${PROJECT}[project.optional-dependencies]\ns3 = ["six"]\n[dependency-groups]\njob = ["six"]\ndocs = ["six"]\n`,
      },
      { uvOptionalDependencies: ['s3'], uvWithGroups: ['job'], uvWithoutGroups: ['docs'] },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --no-dev --extra 's3' --group 'job' --no-group 'docs' --no-install-local`,
      ],
    ],
    [
      'one group alone',
      { 'pyproject.toml': `${PROJECT}[dependency-groups]\njob = ["six"]\n` },
      { uvOnlyGroups: ['job'] },
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        `${SYNC} --only-group 'job' --no-install-local`,
      ],
    ],
    [
      'dependencies that only a build knows',
      { 'pyproject.toml': `[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n${BUILD}` },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `export SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PDM_BUILD_SCM_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 && ${SYNC} --no-dev`,
      ],
    ],
    [
      'setup.py',
      { 'setup.py': '' },
      {},
      [
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    [
      'setup.cfg',
      { 'setup.cfg': '[metadata]\nname = a\n' },
      {},
      [
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    ['a setup.cfg of tools alone', { 'setup.cfg': '[flake8]\n' }, {}, []],
    [
      'setup.py whose packages are not in requirements.txt',
      { 'setup.py': 'setup(install_requires=["six"])', 'requirements.txt': 'idna' },
      {},
      [
        'COPY packages/ /app/',
        `${PIP} -r 'requirements.txt'`,
        'COPY app/ /app/',
        '# What is built of the sources themselves: a change of one builds it again.',
        `${PIP} --editable .`,
      ],
    ],
    [
      'pylock.toml',
      { 'pylock.toml': 'lock-version = "1.0"\n[[packages]]\nname = "six"\nversion = "1"\n' },
      {},
      [
        'pip install --no-cache-dir uv==0.13.9',
        'COPY packages/ /app/',
        "uv pip install --no-cache --python /venv/bin/python -r 'pylock.toml'",
      ],
    ],
    ['nothing', {}, {}, []],
  ])('%s', (_, files, settings, expected) => {
    expect(stage(files, settings)).toEqual(expected);
  });

  it('is the script itself, if it says so', () => {
    const script =
      '# /// script\n# requires-python = ">=3.13"\n# dependencies = [\n#   "six",\n# ]\n# ///\nimport six\n';
    const context = image({ 'job.py': script, 'requirements.txt': 'idna' });
    expect(textOf(context.files, 'requirements.txt')).toBe('six\n');
    expect(dockerfileOf(context)[0]).toContain('python:3.14');
  });

  it('is a file for requirements in a separate folder, with those that it names', () => {
    const files = {
      'requirements/prod.txt': '-r base.txt\n-c limits.txt\nidna\n',
      'requirements/base.txt': 'six\n',
      'requirements/limits.txt': 'idna<4\n',
      'shared/a.py': '',
    };
    const context = image(files, { packageManagerFile: 'requirements/prod.txt' }, 'job/main.py');
    expect(paths(context)).toEqual(
      expect.arrayContaining(['app/shared/a.py', 'packages/requirements/base.txt', 'packages/requirements/limits.txt']),
    );
    expect(commandOf(context).at(-1)).toBe('job/main.py');
    expect(dockerfileOf(context)).toContain(`RUN ${PIP} -r 'requirements/prod.txt'`);
  });

  it('is installed without the sources: their change leaves what the layer is made of', () => {
    const files = { 'requirements.txt': 'six\n', 'job.py': 'print(1)\n' };
    const stageOf = (more: Files) => {
      const context = image({ ...files, ...more });
      const lines = dockerfileOf(context);
      const until = lines.slice(0, lines.indexOf(`RUN ${PIP} -r 'requirements.txt'`) + 1);
      const copied = paths(context).filter((path) => /^(packages\/|event.pth)/.test(path));
      return [until, copied.map((path) => [path, textOf(context.files, path)])];
    };
    expect(stageOf({ 'job.py': 'print(2)\n' })).toEqual(stageOf({}));
    expect(stageOf({ 'requirements.txt': 'idna\n' })).not.toEqual(stageOf({}));
  });

  it.each<[string, Files, Settings, string, string]>([
    ['Conda', { 'environment.yml': '' }, {}, 'environment.yml, which Conda', 'custom-dockerfile'],
    [
      'Poetry without its lockfile',
      { 'pyproject.toml': '[tool.poetry.dependencies]\nsix = "^1"\n' },
      {},
      'a Poetry project without poetry.lock',
      'run poetry lock',
    ],
    ['Pipenv without its lockfile', { Pipfile: '' }, {}, 'a Pipfile without Pipfile.lock', 'run pipenv lock'],
    [
      'a workspace of uv without a lockfile',
      { 'pyproject.toml': '[tool.uv.workspace]\nmembers = []\n' },
      {},
      'a workspace of uv without uv.lock',
      'run uv lock',
    ],
    [
      'two lockfiles',
      { 'pyproject.toml': PROJECT, 'uv.lock': '', 'pdm.lock': '' },
      {},
      'several lockfiles: uv.lock, pdm.lock',
      'set packageManagerFile to the one to use',
    ],
    [
      'no TOML',
      { 'pyproject.toml': 'x = 1\n[project' },
      {},
      'pyproject.toml, which is not valid TOML: ',
      'correct pyproject.toml in line 2',
    ],
    [
      'a manifest that declares nothing, named',
      { 'pyproject.toml': '[tool.ruff]\n', 'requirements.txt': '' },
      { packageManagerFile: 'pyproject.toml' },
      '"pyproject.toml", which declares no project',
      'name requirements.txt',
    ],
    [
      'a file of another kind, named',
      { 'go.mod': '' },
      { packageManagerFile: 'go.mod' },
      '"go.mod"',
      'name one of these',
    ],
    [
      'a group that is not there',
      { 'pyproject.toml': `${PROJECT}[dependency-groups]\njob = []\n` },
      { uvWithGroups: ['jobs'] },
      'the group "jobs", which the project does not have',
      'correct uvWithGroups',
    ],
    [
      'an extra that is not there',
      { 'pyproject.toml': PROJECT },
      { uvOptionalDependencies: ['s3'] },
      'the extra "s3", which the project does not have',
      'correct uvOptionalDependencies',
    ],
    [
      'a missing file of requirements',
      { 'requirements.txt': '-r base.txt\n' },
      {},
      '"-r base.txt" in requirements.txt: no such file',
      'correct the line',
    ],
    [
      'a path of this machine alone',
      { 'requirements.txt': '-e /home/me/lib\n' },
      {},
      'a path of this machine alone',
      'write a relative path',
    ],
    [
      'a path of Conda',
      { 'requirements.txt': 'idna @ file:///home/conda/idna\n' },
      {},
      'a path of this machine alone',
      'pip list --format=freeze',
    ],
    [
      'a folder that is not there',
      { 'requirements.txt': '-e ./lib\n' },
      {},
      '"-e ./lib" in requirements.txt: no such file or folder',
      'correct the line',
    ],
    [
      'uv for a Python that it does not know',
      { 'pyproject.toml': PROJECT },
      { pythonVersion: '3.7' },
      'Python 3.7.17, which uv does not install packages for',
      'newer pythonVersion',
    ],
  ])('is refused: %s', (_, files, settings, found, fix) => {
    const [problem, ...others] = problems(files, settings);
    expect(others).toEqual([]);
    expect(String(problem?.found)).toContain(found);
    expect(problem?.fix).toContain(fix);
    expect(problem?.property).toEqual(
      settings?.packageManagerFile || /Python 3.7/.test(found) ? expect.anything() : ['entryfilePath'],
    );
  });

  it('notes a requirements.txt that is not installed', () => {
    const context = image({ 'pyproject.toml': `${PROJECT}dependencies = ["six"]\n`, 'requirements.txt': 'idna\n' });
    expect(context.notes?.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the packages of pyproject.toml are installed, and not those of requirements.txt/),
    ]);
  });
});

it('says nothing of a requirements.txt that pyproject.toml itself reads', () => {
  const pyproject = '[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n';
  expect(image({ 'pyproject.toml': pyproject, 'requirements.txt': 'idna\n' }).notes).toEqual([]);
});
