import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from './format';

/** What tells a process from others, also from one that gets its number later or after a restart of the machine. */
export function processIdentity(pid = process.pid): ProcessIdentity {
  const started = process.platform === 'linux' ? linuxStart(pid) : unixStart(pid);
  return { pid, ...(started !== undefined && { started }) };
}

/** Whether a process still runs. Where the system doesn't say when it was started, its number decides. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !exists(pid)) return false;
  return started === undefined || processIdentity(pid).started === started;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The boot of the machine, and the clock ticks from then to the start of the process. A zombie has ended. */
function linuxStart(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name before these fields can contain spaces and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : `${boot} ${fields[18]}`;
  } catch {
    return undefined;
  }
}

function unixStart(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  // Without variables, the language and the time zone are the same for everybody.
  const { stdout } = spawnSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: {} });
  return stdout?.trim() || undefined;
}
