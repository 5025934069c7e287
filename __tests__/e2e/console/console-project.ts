import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SpawnedCommand } from '../engines/spawned-command';

const ROOT = resolve(__dirname, '../../..');

/** A project of somebody who uses the package, in a temporary folder, and consoles that are started in it. */
export class ConsoleProject {
  /** Without links, as a person's shell names it. */
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-project-')));
  private readonly commands: SpawnedCommand[] = [];

  /** @param files by their path in the project */
  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write('package.json', JSON.stringify({ name: 'project', private: true }));
    // The package by its name, from source.
    const inPackage = (name: string, text: string) => this.write(`node_modules/cdktf-batch-jobs/${name}`, text);
    inPackage('package.json', JSON.stringify({ exports: { '.': './index.ts', './job': './job.ts' } }));
    inPackage('index.ts', `export * from '${ROOT}/index';`);
    inPackage('job.ts', `export * from '${ROOT}/job';`);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** The example that `init` writes: a config and its job. */
  static example(): ConsoleProject {
    const project = new ConsoleProject();
    for (const path of ['batch-jobs.config.ts', 'jobs/nightly-report.ts']) {
      cpSync(join(ROOT, path), join(project.folder, path), { recursive: true });
    }
    return project;
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Runs `batch-jobs` with arguments in the project. */
  spawn(args: readonly string[]): SpawnedCommand {
    const env = { PATH: process.env.PATH, HOME: this.folder, TMPDIR: tmpdir(), TZ: 'Europe/Berlin' };
    const command = new SpawnedCommand(args, { cwd: this.folder, env });
    this.commands.push(command);
    return command;
  }

  /** Starts a console. */
  async console(...options: readonly string[]): Promise<StartedConsole> {
    return StartedConsole.of(this.spawn(['console', '--json', ...options]));
  }

  /** Ends what runs in the project, and deletes it. */
  async close(): Promise<void> {
    for (const command of this.commands) {
      if (command.isRunning) command.signal();
      await command.end;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A console that listens. */
export class StartedConsole {
  private constructor(
    private readonly command: SpawnedCommand,
    /** With the token. */
    readonly address: string,
  ) {}

  /** @param command `console --json` */
  static async of(command: SpawnedCommand): Promise<StartedConsole> {
    await command.until(/"address": "[^"]+"/);
    return new StartedConsole(command, /"address": "([^"]+)"/.exec(command.stdout)?.[1] ?? '');
  }

  get port(): string {
    return new URL(this.address).port;
  }

  async stop(): Promise<void> {
    this.command.signal();
    await this.command.end;
  }
}
