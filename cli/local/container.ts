import type { UsageError } from '../command/usage-error';

/** What a container is started with. */
export interface ContainerStart {
  readonly environment: Readonly<Record<string, string>>;
  /** MiB, if the submission overrides the job definition's. @default the job definition's */
  readonly memory?: number;
  /** Takes the output as it comes; what comes next waits for it. */
  readonly onOutput: (stream: 'stdout' | 'stderr', chunk: Buffer) => Promise<void>;
}

/** How a container ended. */
export interface ContainerEnd {
  /** Undefined if it never started. */
  readonly exitCode?: number;
  /** Why it never started, or what else the engine says. */
  readonly reason?: string;
  /** Why nothing of the job ran, with no fault of the job's. */
  readonly fault?: UsageError;
}

/** A running container, or the process that replaces one. */
export interface RunningContainer {
  /** When it has ended; some of its output may still be on its way. */
  readonly exited: Promise<void>;
  /** When its output has been taken too. */
  readonly ended: Promise<ContainerEnd>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Where a job's containers come from. */
export interface ContainerSource {
  /** For a person: `docker`, or what takes its place. */
  readonly description: string;
  /** Comes back when the container runs, or could not be started. */
  start(options: ContainerStart): Promise<RunningContainer>;
}
