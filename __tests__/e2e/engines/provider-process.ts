import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endGroup } from './command';

/** Seconds until it must say how Terraform reaches it; it takes one on two cores. */
const START_LIMIT = 300;

/** Ends the provider also if the process that started it is ended, which closes the input. */
const UNTIL_INPUT_ENDS = '"$0" -debug & read -r _; kill -INT $!; wait';

/**
 * An AWS provider that answers several Terraform commands, one after the other. Terraform starts its own for each command otherwise, and
 * hashes it before: half of what `validate` and a mocked apply compute.
 *
 * It has one configuration at a time, that of the command which configured it last, and its folder and variables are those that it was started with.
 */
export class ProviderProcess {
  private readonly folder = mkdtempSync(join(tmpdir(), 'provider-'));
  private readonly child: ChildProcess;
  private readonly attached: Promise<string>;

  /**
   * @param mirror the filesystem mirror that has it
   * @param address its folder there
   */
  constructor(
    mirror: string,
    address: string,
    { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ) {
    const versions = join(mirror, address);
    const platform = readdirSync(versions)[0] ?? '';
    const program = readdirSync(join(versions, platform)).find((name) => name.startsWith('terraform-provider-'));
    if (program === undefined) throw new Error(`no provider in ${versions}`);
    this.child = spawn('sh', ['-c', UNTIL_INPUT_ENDS, join(versions, platform, program)], {
      cwd,
      env: { ...env, TMPDIR: this.folder },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    this.attached = this.reattachment();
    // Who asks for it hears of a failure; nobody has to ask, or to wait for its end.
    this.attached.catch(() => {});
    this.child.unref();
  }

  /** The variable by which Terraform reaches it. */
  async variables(): Promise<{ readonly TF_REATTACH_PROVIDERS: string }> {
    return { TF_REATTACH_PROVIDERS: await this.attached };
  }

  stop(): void {
    endGroup(this.child.pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  /** What it prints for a person to set. */
  private reattachment(): Promise<string> {
    return new Promise((resolve, reject) => {
      let said = '';
      const fail = () => reject(new Error(`the provider did not say how to reach it: ${said}`));
      const limit = setTimeout(fail, START_LIMIT * 1000).unref();
      this.child.on('error', reject).on('exit', fail);
      this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, value] = /TF_REATTACH_PROVIDERS='([^']+)'/.exec(said) ?? [];
        if (value === undefined) return;
        clearTimeout(limit);
        resolve(value);
      });
    });
  }
}
