import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES, FIRST_EXAMPLE } from '../example-files';

const ROOT = join(__dirname, '..', '..');

/** Every example, as a path from the project's folder. */
export const ALL_EXAMPLES = [FIRST_EXAMPLE, ...EXAMPLES];

/** Synthesizes examples as `main.ts` does, in one process: to load CDKTF takes longer than to synthesize. */
const SYNTHESIZE_ALL = `
  import { App } from ${JSON.stringify(require.resolve('cdktf'))};
  import { loadConfig } from ${JSON.stringify(join(ROOT, 'modules/load'))};
  import { BatchJobsStack } from ${JSON.stringify(join(ROOT, 'modules/stack'))};
  (async () => {
    const [folder, ...files] = process.argv.slice(2);
    for (const [index, file] of files.entries()) {
      const app = new App({ outdir: folder + '/' + index });
      new BatchJobsStack(app, await loadConfig(file));
      app.synth();
    }
  })();`;

/** The stacks of {@link ALL_EXAMPLES} in a temporary folder. */
export interface SynthesizedExamples {
  readonly folder: string;
  /** The folder with the `cdk.tf.json` of an example. */
  dirOf(index: number): string;
  dispose(): void;
}

/** @throws Error if an example can't be synthesized */
export function synthesizeExamples(): SynthesizedExamples {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const script = join(folder, 'synthesize-all.ts');
  writeFileSync(script, SYNTHESIZE_ALL);
  const args = [require.resolve('tsx/cli'), script, folder, ...ALL_EXAMPLES];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, AWS_REGION: 'eu-west-1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return {
    folder,
    dirOf: (index) => {
      const stacks = join(folder, String(index), 'stacks');
      return join(stacks, readdirSync(stacks)[0] ?? '');
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
}
