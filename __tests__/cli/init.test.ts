import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd, filesIn, folderWith, init, OWN, TYPESCRIPT_PROJECT } from './init/new-project';

describe('in an empty folder', () => {
  it('it writes a project that is ready', async () => {
    const path = folderWith();
    const { code, printed } = await init(path);
    expect(code).toBe(0);
    const files = filesIn(path);
    expect(Object.keys(files)).toEqual(TYPESCRIPT_PROJECT);
    expect(files['batch-jobs.config.ts']).toContain("stackName: 'reports',");
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      name: 'reports',
      version: '0.1.0',
      private: true,
      engines: { node: OWN.engines.node },
      scripts: {
        synth: 'batch-jobs synth',
        local: 'batch-jobs local',
        console: 'batch-jobs console',
        diff: 'batch-jobs diff',
        deploy: 'batch-jobs deploy',
        destroy: 'batch-jobs destroy',
        test: 'node --import tsx --test jobs/*.test.ts',
        typecheck: 'tsc --noEmit',
      },
      dependencies: { ...OWN.peerDependencies, 'cdktf-batch-jobs': `^${OWN.version}` },
      devDependencies: {
        '@types/node': `^${OWN.devDependencies['@types/node']}`,
        tsx: `^${OWN.dependencies.tsx}`,
        typescript: `^${OWN.devDependencies.typescript}`,
      },
    });
    expect(JSON.parse(files['cdktf.json'] ?? '')).toMatchObject({ language: 'typescript', app: 'npx tsx main.ts' });
    expect(files['.gitignore']?.split('\n')).toEqual([
      'node_modules/',
      'cdktf.out/',
      '.terraform/',
      '*.tfstate',
      '*.tfstate.*',
      '.env',
      '__pycache__/',
      '',
    ]);
    expect(printed).toMatch(/^New project in this folder\nThere is no terminal to ask on\. Stack "reports"/);
    expect(printed).toMatch(
      /\nNext {2}npm install +install the packages\n {6}npm run local -- nightlyReport +run the job on this machine$/,
    );
  });

  it('what it prints fits 80 columns', async () => {
    const { printed } = await init(folderWith());
    expect(printed.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('the files of TypeScript are those of the example that npm start runs', async () => {
    const path = folderWith();
    await init(path, '--name', 'batch-jobs-example');
    const files = filesIn(path);
    for (const file of ['main.ts', 'batch-jobs.config.ts', 'jobs/nightly-report.ts', 'jobs/nightly-report.test.ts']) {
      expect(files[file]).toBe(readFileSync(join(cwd, file), 'utf8'));
    }
  });

  it('Python and YAML by options, in short forms too', async () => {
    const path = folderWith();
    const { printed } = await init(path, '--language', 'py', '--config-format', 'yml', '--yes');
    const files = filesIn(path);
    expect(Object.keys(files)).toEqual([
      '.gitignore',
      'README.md',
      'batch-jobs.config.yml',
      'cdktf.json',
      'jobs/batch_job.py',
      'jobs/nightly_report.py',
      'jobs/test_nightly_report.py',
      'main.ts',
      'package.json',
      'tsconfig.json',
    ]);
    expect(files['batch-jobs.config.yml']).toContain('entryfilePath: jobs/nightly_report.py\n');
    expect(JSON.parse(files['package.json'] ?? '').scripts.test).toBe('python3 -m unittest discover jobs');
    expect(printed).not.toContain('no terminal');
  });

  it('a folder that is not there is made, and the first command leads into it', async () => {
    const path = folderWith();
    const { printed } = await init(path, 'My Jobs/Nightly');
    expect(Object.keys(filesIn(path))).toHaveLength(TYPESCRIPT_PROJECT.length);
    expect(printed).toContain('New project in My Jobs/Nightly\n');
    expect(printed).toContain("Next  cd 'My Jobs/Nightly' && npm install");
    expect(JSON.parse(readFileSync(join(path, 'My Jobs/Nightly/package.json'), 'utf8')).name).toBe('nightly');
  });

  it('for programs it says what it wrote in JSON', async () => {
    const path = folderWith();
    const { printed } = await init(path, '--json');
    expect(JSON.parse(printed)).toEqual({
      folder: path,
      written: expect.arrayContaining(TYPESCRIPT_PROJECT),
      kept: [],
      keptScripts: [],
      next: ['npm install', 'npm run local -- nightlyReport'],
    });
  });
});
