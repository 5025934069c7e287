import type { Architecture } from '../../modules/container/build-context';
import { EXIT_ON_SIGTERM, OUT_OF_MEMORY } from '../../modules/rules/job-ends';
import { ENGINE_WORDS } from './engine-words';

/** How a container ended, as far as it matters for a hint. */
export interface HintedExit {
  readonly exitCode?: number;
  /** The engine's reason and the end of the job's output. */
  readonly said: string;
  /** Whether the local run itself sent SIGKILL. */
  readonly killed: boolean;
  /** Whether it got SIGTERM because of a Spot interruption. */
  readonly isInterrupted: boolean;
  readonly architecture: Architecture;
}

/** Names that Node.js has for architectures. */
const NODE_NAMES: { readonly [Name in Architecture]: NodeJS.Architecture } = { x86_64: 'x64', arm64: 'arm64' };

/** Whether an architecture differs from this machine's. */
export function isForeign(architecture: Architecture, machine = process.arch): boolean {
  return NODE_NAMES[architecture] !== machine;
}

/** The probable cause of an unexpected end, and what to do; undefined if none is known. */
export function exitHint(
  { exitCode, said, killed, isInterrupted, architecture }: HintedExit,
  machine = process.arch,
): string | undefined {
  if (exitCode === 0) return undefined;
  if (ENGINE_WORDS.fullDisk.test(said)) {
    return 'The disk is full. To free space, remove unused images and containers: docker system prune, or podman system prune.';
  }
  if (isForeign(architecture, machine) && ENGINE_WORDS.foreign.test(said)) {
    return `The job is for ${architecture}, and this machine is ${machine}. Install QEMU's emulation (package qemu-user-static), or set resources.architecture.`;
  }
  if (exitCode === undefined && ENGINE_WORDS.noVariant.test(said)) {
    return `No ${architecture} variant of the image was found. Use an image that has one, or set resources.architecture.`;
  }
  if (isInterrupted && !killed && exitCode !== undefined && exitCode !== EXIT_ON_SIGTERM) {
    return 'After SIGTERM, exit with code 143: AWS Batch then restarts a Spot job without using up an attempt.';
  }
  if (exitCode === 137 && !killed && !said.includes(OUT_OF_MEMORY)) {
    return "Exit code 137 means SIGKILL, and this run sent none. Usually memory ran out: the job's own (resources.memory), this machine's, or that of the engine's virtual machine.";
  }
  return undefined;
}
