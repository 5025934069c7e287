import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES, FIRST_EXAMPLE } from '../example-files';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';

const ROOT = join(__dirname, '..', '..');
const ALL = [FIRST_EXAMPLE, ...EXAMPLES];

/** Synthesizes examples as `main.ts` does, in one process: to load CDKTF takes longer than to synthesize. */
const SYNTHESIZE_ALL = `
  import { App } from ${JSON.stringify(require.resolve('cdktf'))};
  import { loadConfig } from ${JSON.stringify(join(ROOT, 'modules/stack-config/load'))};
  import { BatchJobsStack } from ${JSON.stringify(join(ROOT, 'modules/stack'))};
  (async () => {
    const [folder, ...files] = process.argv.slice(2);
    for (const [index, file] of files.entries()) {
      const app = new App({ outdir: folder + '/' + index });
      new BatchJobsStack(app, await loadConfig(file));
      app.synth();
    }
  })();`;

describeWith([terraformAvailable()], 'the examples, with the real provider', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    const script = join(folder, 'synthesize-all.ts');
    writeFileSync(script, SYNTHESIZE_ALL);
    const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), script, folder, ...ALL], {
      cwd: ROOT,
      env: { ...process.env, AWS_REGION: 'eu-west-1' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(ALL.map((example, index) => ({ example, index })))('$example validates and applies', async ({ index }) => {
    const stacks = join(folder, String(index), 'stacks');
    const dir = join(stacks, readdirSync(stacks)[0] ?? '');
    const { resource } = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8'));
    const copy = workspace(dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = [...(await copy.mockApply()).resources.values()].filter(({ mode }) => mode === 'managed');
      // A block with `for_each` is several resources.
      const blocks = new Set(applied.map(({ type, name }) => `${type}.${name}`));
      expect(blocks.size).toBe(Object.values<object>(resource).flatMap((named) => Object.keys(named)).length);
    } finally {
      copy.dispose();
    }
  });
});
