import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES, FIRST_EXAMPLE } from '../example-files';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';

const ROOT = join(__dirname, '..', '..');

/** Runs the program on an example, as a user does. Returns the folder of the stack. */
function synthesize(example: string, outdir: string): string {
  const env = { ...process.env, BATCH_JOBS_CONFIG: example, CDKTF_OUTDIR: outdir, AWS_REGION: 'eu-west-1' };
  const run = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'main.ts'], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const [stack = ''] = readdirSync(join(outdir, 'stacks'));
  return join(outdir, 'stacks', stack);
}

describeWith([terraformAvailable()], 'the examples, with the real provider', () => {
  it.each([FIRST_EXAMPLE, ...EXAMPLES])('%s validates and applies', async (example) => {
    const outdir = mkdtempSync(join(tmpdir(), 'example-'));
    const dir = synthesize(example, outdir);
    const { resource } = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8'));
    const copy = workspace(dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = [...(await copy.mockApply()).resources.values()].filter(({ mode }) => mode === 'managed');
      expect(applied).toHaveLength(Object.values<object>(resource).flatMap((blocks) => Object.keys(blocks)).length);
    } finally {
      copy.dispose();
      rmSync(outdir, { recursive: true });
    }
  });
});
