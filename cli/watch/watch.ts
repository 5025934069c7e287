import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { colors } from '../command/colors';
import { DONE } from '../command/exit-code';
import { holdingSignals } from '../command/process-end';
import { mainProgram, projectOutput, synthesizeProject } from '../synthesis/cdktf-app';
import { watchChanges } from './changes';
import type { CheckedFiles, CheckRequest } from './check';
import { WarmProcess } from './warm-process';

const CHECK = join(__dirname, `check${extname(__filename)}`);

/** Maximum number of paths in a line. */
const PATHS = 3;

/** Synthesizes again whenever a file of the project changes, until the user stops it. */
export async function watch(): Promise<number> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return holdingSignals(end, async () => {
    const watching = new Watching();
    await watching.start();
    await ended;
    await watching.stop();
    return DONE;
  });
}

class Watching {
  private readonly folder = process.cwd();
  private spare?: Check;
  private running = false;
  private pending: string[] | undefined;
  private changes?: Awaited<ReturnType<typeof watchChanges>>;

  async start(): Promise<void> {
    process.env.CDKTF_OUTDIR = projectOutput();
    this.spare = this.isWarm() ? new Check() : undefined;
    this.changes = await watchChanges(this.folder, resolve(projectOutput()), (paths) => void this.changed(paths));
    const config = process.env.BATCH_JOBS_CONFIG;
    if (config) this.changes.add([dirname(resolve(config))]);
    await this.check('print');
  }

  async stop(): Promise<void> {
    this.spare?.stop();
    await this.changes?.close();
  }

  private async changed(paths: readonly string[]): Promise<void> {
    this.pending = [...(this.pending ?? []), ...paths];
    // Changes during a check are checked together after it.
    while (!this.running && this.pending !== undefined) {
      const [shown, more] = [[...new Set(this.pending)], this.pending.length - PATHS];
      this.pending = undefined;
      console.log(
        `\n${colors.dim(clock())}  changed ${shown.slice(0, PATHS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      );
      await this.check('brief');
    }
  }

  private async check(summary: string): Promise<void> {
    this.running = true;
    const started = Date.now();
    const { exitCode, files } = await this.checked(summary);
    this.changes?.add(files);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(exitCode === DONE ? colors.dim(`No problems, ${seconds} s. Watching ...`) : colors.dim(`Watching ...`));
    this.running = false;
    if (this.pending !== undefined) await this.changed([]);
  }

  private async checked(summary: string): Promise<{ exitCode: number; files: readonly string[] }> {
    if (!this.isWarm()) {
      return { exitCode: await synthesizeProject(summary === 'print' ? 'print' : 'none').catch(() => 1), files: [] };
    }
    const check = this.spare ?? new Check();
    this.spare = undefined;
    const result = check.run({ program: mainProgram(), summary });
    // The next process is started when this one is done, so that they don't compete for the CPU.
    return result.finally(() => {
      this.spare = new Check();
    });
  }

  /** An app that isn't a Node.js program is started again for every check. */
  private isWarm(): boolean {
    return !existsSync('cdktf.json') || mainProgram() !== undefined;
  }
}

/** A process that waits for its only check. */
class Check {
  private files: readonly string[] = [];
  private readonly process = new WarmProcess<CheckRequest, CheckedFiles>(CHECK, {
    onMessage: ({ files }) => {
      this.files = files;
    },
  });

  async run(order: CheckRequest): Promise<{ exitCode: number; files: readonly string[] }> {
    this.process.send(order);
    return { exitCode: await this.process.ended, files: this.files };
  }

  stop(): void {
    this.process.stop();
  }
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
