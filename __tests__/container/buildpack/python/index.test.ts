import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { removeFolders } from '../../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf, textOf } from '../made';
import { type Files, PIP, PROJECT, SYNC } from './installed';

type Given = Partial<BuildpackProperties>;

afterEach(removeFolders);

const image = (files: Files, entryfilePath = 'job.py', more: Given = {}) =>
  made({ [entryfilePath]: 'def run():\n    pass\n', ...files }, { entryfilePath, ...more });
const problems = (files: Files, entryfilePath = 'job.py', more: Given = {}) =>
  problemsOf({ [entryfilePath]: '', ...files }, { entryfilePath, ...more });

describe('folders next to the project', () => {
  const library = { 'lib/pyproject.toml': '[project]\nname = "lib"\n', 'lib/lib/__init__.py': '' };

  it.each(['-e ../lib', '../lib', 'lib @ file:../lib', '--editable=../lib'])('are sent: %s', (line) => {
    const context = image({ 'service/requirements.txt': `six\n${line}\n`, ...library }, 'service/job.py');
    expect(paths(context)).toEqual(expect.arrayContaining(['app/lib/lib/__init__.py', 'app/service/job.py']));
    // What needs no sources is in a separate layer, without that line.
    expect(textOf(context.files, 'packages/service/requirements.txt')).toBe('six\n');
    const lines = dockerfileOf(context);
    const install = `RUN ${PIP} -r 'requirements.txt'`;
    expect(lines.filter((one) => one === install)).toHaveLength(2);
    expect(lines.indexOf('COPY app/ /app/')).toBeGreaterThan(lines.indexOf(install));
    expect(lines.slice(lines.indexOf('COPY app/ /app/'))).toContain(install);
    expect(lines).toContain('WORKDIR /app/service');
    expect(lines.find((one) => one.startsWith('ENV '))).toContain('PYTHONPATH=/app/service ');
  });

  it('have blanks in their names, and are on the path of modules as they are', () => {
    const files = { 'my service/requirements.txt': 'six\n-e ../lib\n', ...library };
    const lines = dockerfileOf(image(files, 'my service/job.py'));
    // Without quotes, an image has no build: "can't find = in service".
    expect(lines.find((one) => one.startsWith('ENV '))).toContain(' PYTHONPATH="/app/my service" ');
    expect(lines).toContain('WORKDIR /app/my service');
  });

  it('stay in the project if they are in it', () => {
    const context = image({ 'requirements.txt': '-e .\n./lib\n', 'setup.py': '', ...library });
    expect(paths(context)).toEqual(expect.arrayContaining(['app/job.py', 'app/lib/lib/__init__.py', 'app/setup.py']));
    expect(commandOf(context).at(-1)).toBe('job.py');
  });

  it('are sent for uv without a lockfile', () => {
    const text = `${PROJECT}dependencies = ["lib"]\n[tool.uv.sources]\nlib = { path = "../lib" }\n`;
    const context = image({ 'service/pyproject.toml': text, ...library }, 'service/job.py');
    expect(paths(context)).toEqual(expect.arrayContaining(['app/lib/lib/__init__.py', 'packages/lib/pyproject.toml']));
    expect(dockerfileOf(context)).toContain(`RUN ${SYNC} --no-dev`);
  });

  it('are refused if they are not there', () => {
    const text = `${PROJECT}dependencies = ["lib"]\n[tool.uv.sources]\nlib = { path = "../lib" }\n`;
    const [problem] = problems({ 'service/pyproject.toml': text }, 'service/job.py');
    expect(String(problem?.found)).toBe('a package in "lib", which the lockfile or the manifest names: no such folder');
  });

  it('are refused outside of the repository', () => {
    const [problem] = problems({ 'a/b/requirements.txt': '-e ../../../\n' }, 'a/b/job.py');
    expect(String(problem?.found)).toContain('which nothing is sent from');
    expect(problem?.fix).toContain('custom-dockerfile');
  });
});

describe('a problem', () => {
  const at = (files: Files, more: Given = {}) =>
    problems(files, 'job.py', more).map(({ property, found }) => [property.join('.'), String(found)]);
  const SETTING = { packageManagerFile: 'packages.txt' };

  it('of the manifest is one of the entry file, or of the setting that names the manifest', () => {
    const wrong = '-e ./gone\n';
    expect(at({ 'requirements.txt': wrong })).toEqual([
      ['entryfilePath', expect.stringContaining('no such file or folder')],
    ]);
    expect(at({ 'packages.txt': wrong }, { languageSpecificConfig: SETTING })).toEqual([
      ['languageSpecificConfig.packageManagerFile', expect.stringContaining('no such file or folder')],
    ]);
    expect(at({}, { languageSpecificConfig: SETTING })).toEqual([
      ['languageSpecificConfig.packageManagerFile', expect.any(String)],
    ]);
  });

  it('of the version is one of the setting or of the entry file', () => {
    const [[ofSetting] = []] = at({}, { languageSpecificConfig: { pythonVersion: 3.3 as never } });
    expect(ofSetting).toBe('languageSpecificConfig.pythonVersion');
    const [[ofManifest] = []] = at({ 'pyproject.toml': `${PROJECT}requires-python = ">=4"\n` });
    expect(ofManifest).toBe('entryfilePath');
  });

  it('of an import that nothing declares is none if commands of the image may install it', () => {
    const files = { 'job.py': 'import numpy\n' };
    expect(at(files)).toEqual([['entryfilePath', expect.stringContaining('numpy')]]);
    expect(at(files, { customDockerBuildCommands: ['pip install numpy'] })).toEqual([]);
  });

  it('comes with the others: of files that are not there, each', () => {
    expect(at({ 'requirements.txt': '-e ./one\n-e ./two\n' }).map(([, found]) => found)).toEqual([
      '"-e ./one" in requirements.txt: no such file or folder',
      '"-e ./two" in requirements.txt: no such file or folder',
    ]);
  });
});

it('what Python tools generate is not sent', () => {
  const context = image({ 'report.egg-info/PKG-INFO': '', '__pypackages__/a.py': '', '.pdm-build/b': '', 'c.py': '' });
  expect(paths(context).filter((path) => path.startsWith('app/'))).toEqual(['app/c.py', 'app/job.py']);
});
