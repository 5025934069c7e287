import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Variables with which two synthesized stacks can be compared: the outcome depends on nothing else of the machine. */
const VARIABLES = { AWS_REGION: 'eu-west-1', CI: 'true', NO_COLOR: '1', CHECKPOINT_DISABLE: '1' };

/** Everything that a checkout writes for a config, by name: its digest. What is printed has a name too. */
export type Outputs = ReadonlyMap<string, string>;

/** Configs of a checkout, as paths from its folder. */
export function configsOf(root: string): string[] {
  const found = readdirSync(join(root, 'examples'), { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && entry.name.endsWith('.yml'));
  return ['batch-jobs.config.ts', ...files.map((entry) => relative(root, join(entry.parentPath, entry.name)))].sort();
}

/**
 * Synthesizes a config with a checkout's own command, and draws it.
 *
 * @param root folder of the checkout, with its packages
 * @param config path from that folder
 */
export function collectOutputs(root: string, config: string): Outputs {
  // Inside of the checkout: outputs have paths that are relative to it.
  const folder = join(root, 'node_modules', '.cache', 'compare');
  try {
    const outputs = new Map<string, string>();
    const run = (name: string, ...given: string[]) => {
      const program = ['--import', 'tsx', 'cli/batch-jobs.ts', ...given, '--config', config];
      const env = { ...process.env, ...VARIABLES, CDKTF_OUTDIR: folder };
      const { status, stdout, stderr } = spawnSync(process.execPath, program, { cwd: root, env, encoding: 'utf8' });
      outputs.set(`printed by ${name}`, digest(`${status}\n${`${stdout}${stderr}`.replaceAll(root, '')}`));
    };
    run('synth', 'synth');
    run('diagram', 'diagram', '--format', 'mermaid');
    for (const file of filesIn(folder)) outputs.set(relative(folder, file), digest(readFileSync(file)));
    return outputs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names of what two checkouts do not have in common. */
export function differences(before: Outputs, after: Outputs): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
