import type { Architecture } from '../../modules/container/build-context';

/** How a container ended, as far as a hint depends on it. */
export interface HintedExit {
  readonly exitCode?: number;
  /** What the engine says, and the last of what the job wrote. */
  readonly said: string;
  /** Whether the local run itself sent SIGKILL. */
  readonly killed: boolean;
  readonly architecture: Architecture;
}

/** Names that Node.js has for architectures. */
const NODE_NAMES: { readonly [Name in Architecture]: NodeJS.Architecture } = { x86_64: 'x64', arm64: 'arm64' };

/** What probably lies behind an end that neither the job nor this program asked for; undefined if nothing is known. */
export function exitHint(
  { exitCode, said, killed, architecture }: HintedExit,
  machine = process.arch,
): string | undefined {
  if (/no space left on device|ENOSPC/i.test(said)) {
    return 'The disk is full. To free space, remove unused images and containers: docker system prune, or podman system prune.';
  }
  const isForeign = NODE_NAMES[architecture] !== machine;
  if (
    isForeign &&
    /exec format error|no image found .* for architecture|does not match the (specified|expected) platform/i.test(said)
  ) {
    return `The job is for ${architecture}, and this machine is ${machine}. Install QEMU's emulation (package qemu-user-static), or set architecture.`;
  }
  if (exitCode === 137 && !killed && !said.includes('OutOfMemoryError')) {
    return 'Something else ended the container with SIGKILL, usually because this machine or the virtual machine of the engine ran out of memory.';
  }
  return undefined;
}
