import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { sourceImports } from '../../../../modules/container/buildpack/python/source-imports';
import { removeFolders } from '../../folder';
import { made, problemsOf } from '../made';

type Files = { readonly [path: string]: string };
type Given = Partial<BuildpackProperties>;

afterEach(removeFolders);

const problems = (files: Files, more: Given = {}) => problemsOf(files, { entryfilePath: 'job.py', ...more });
const notes = (files: Files, more: Given = {}) =>
  made(files, { entryfilePath: 'job.py', ...more }).notes?.map(({ message }) => message) ?? [];

it('finds the imports of a file, and when each runs', () => {
  const text = `"""import docstring"""
import a, b.c as d; import e
from f import (g,  # import comment
    h as i)
from .j import k
from l import *
s = 'import string \\' import more'
x = [
    "import list"]
if TYPE_CHECKING: import m
try:
    import n
except ImportError:
    import o
def run():
    import p
    try:
        import q
    except ImportError: pass
class A:
    import r
if __name__ == "__main__":
    import s
with suppress(ImportError):
    import t
import_this = 1
`;
  const found = sourceImports(text).map(({ module, when }) => `${module} ${when}`);
  expect(found).toEqual([
    'a sure',
    'b.c sure',
    'e sure',
    'f sure',
    '.j sure',
    'l sure',
    'm guarded',
    'n guarded',
    'o guarded',
    'p called',
    'q guarded',
    'r sure',
    's sure',
    't guarded',
  ]);
});

const DEV =
  '[project]\nname = "a"\nversion = "1"\n[dependency-groups]\ndev = ["moto"]\n[project.optional-dependencies]\ns3 = ["boto3"]\n';

it.each<[string, Files, Given, string, string]>([
  [
    'nothing declares it',
    { 'job.py': 'import boto3' },
    {},
    '"job.py" imports "boto3", and no package is declared',
    'declare the package',
  ],
  [
    'another file of requirements might',
    { 'job.py': 'import boto3', 'requirements/prod.txt': 'boto3' },
    {},
    'no package is declared',
    'set languageSpecificConfig.packageManagerFile to the file that declares it: "requirements/prod.txt"',
  ],
  [
    'another file of requirements does not name it',
    { 'job.py': 'import boto3', 'requirements-dev.txt': 'pytest' },
    {},
    'no package is declared',
    'declare the package in a requirements.txt',
  ],
  [
    'a dot stands for a package that the file is not in',
    { 'job.py': 'from . import a', 'a.py': '' },
    {},
    '"job.py" has an import that begins with a dot, and lies in no package',
    'import without the dot',
  ],
  [
    'a dot stands for a package that the function is not in',
    { 'src/job.py': 'from .a import b\ndef run(): b()', 'src/a.py': '' },
    { entryfilePath: 'src/job.py:run' },
    '"src/job.py:run" has an import that begins with a dot',
    'import without the dot',
  ],
  [
    'a dot stands for a package whose name is none',
    { 'my-jobs/daily.py': 'from . import a', 'my-jobs/a.py': '', 'requirements.txt': '' },
    { entryfilePath: 'my-jobs/daily.py' },
    '"my-jobs/daily.py" has an import that begins with a dot, and its path is no name of a module',
    'letters, digits and underscores',
  ],
  [
    'a file of the project imports it',
    { 'job.py': 'from lib.a import x', 'lib/a.py': 'from . import b', 'lib/b.py': 'import boto3' },
    {},
    '"lib/b.py" imports "boto3"',
    'declare the package',
  ],
  [
    'the standard library has it no more',
    { 'job.py': 'import cgi' },
    { languageSpecificConfig: { pythonVersion: '3.13' } },
    '"cgi"',
    'declare',
  ],
  [
    'a group has it',
    { 'job.py': 'import moto', 'pyproject.toml': DEV },
    {},
    '"moto", which only the group "dev" declares',
    'set uvWithGroups: ["dev"]',
  ],
  [
    'an extra has it',
    { 'job.py': 'import boto3', 'pyproject.toml': DEV },
    {},
    '"boto3", which only the extra "s3" declares',
    'set uvOptionalDependencies: ["s3"]',
  ],
  [
    'a file that is not installed has it',
    { 'job.py': 'import yaml', 'pyproject.toml': DEV, 'requirements.txt': 'PyYAML' },
    {},
    '"yaml", which only requirements.txt declares',
    'packageManagerFile to requirements.txt',
  ],
])('refuses an import: %s', (_, files, more, found, fix) => {
  const [problem, ...others] = problems(files, more);
  expect(others).toEqual([]);
  expect(String(problem?.found)).toContain(found);
  expect(problem?.fix).toContain(fix);
});

it.each<[string, Files, Given]>([
  [
    'the standard library',
    { 'job.py': 'import os.path, json\nfrom __future__ import annotations\nimport tomllib' },
    {},
  ],
  [
    'what was there before',
    { 'job.py': 'import cgi, pkg_resources' },
    { languageSpecificConfig: { pythonVersion: '3.11' } },
  ],
  ['pip', { 'job.py': 'import pip' }, {}],
  [
    'a dot, if the file goes on without it',
    { 'job.py': 'try:\n    from . import a\nexcept ImportError:\n    a = 1' },
    {},
  ],
  ['what FastAPI brings', { 'job.py': 'import pydantic, starlette', 'requirements.txt': 'fastapi' }, {}],
  [
    'a file or folder of the project',
    { 'job.py': 'import a, b.c, d', 'a.py': '', 'b/c.py': '', 'd.cpython-312-x86_64-linux-gnu.so': '' },
    {},
  ],
  ['one of src', { 'job.py': 'import pkg', 'src/pkg/__init__.py': '', 'requirements.txt': '' }, {}],
  ['one that is included', { 'job.py': 'import shared.x', 'shared/x.py': '' }, { includeFiles: ['shared/*.py'] }],
  ['one under a condition', { 'job.py': 'try:\n    import boto3\nexcept ImportError:\n    boto3 = None\n' }, {}],
  ['any, if the program sets its path', { 'job.py': 'import sys\nsys.path.append("vendor")\nimport boto3' }, {}],
  [
    'any, if a command may install it',
    { 'job.py': 'import boto3' },
    { customDockerBuildCommands: ['pip install boto3'] },
  ],
  [
    'a package of another name',
    {
      'job.py': 'import yaml, cv2, PIL, sklearn, google.cloud.storage',
      'requirements.txt': 'pyyaml\nopencv-python-headless\nPillow\nscikit-learn\ngoogle-cloud-storage',
    },
    {},
  ],
  ['what setup.py may declare', { 'job.py': 'import boto3', 'setup.py': '' }, {}],
  [
    'what only a build knows',
    { 'job.py': 'import boto3', 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["dependencies"]\n' },
    {},
  ],
])('takes an import of %s, and says nothing', (_, files, more) => {
  expect(problems(files, more)).toEqual([]);
  expect(notes(files, more)).toEqual([]);
});

it.each<[string, Files]>([
  ['a package that may bring it', { 'job.py': 'import boto3', 'requirements.txt': 'six' }],
  [
    'what another package may bring, without a lockfile',
    { 'job.py': 'import boto3', 'pyproject.toml': DEV.replace('version', 'dependencies = ["six"]\nversion') },
  ],
  ['a function that may never run', { 'job.py': 'def run():\n    import boto3\n' }],
])('only notes an import: %s', (_, files) => {
  expect(problems(files)).toEqual([]);
  expect(notes(files)).toEqual([expect.stringContaining('"job.py" imports "boto3"')]);
});
