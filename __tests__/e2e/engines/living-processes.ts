import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { until } from './until';

/** What Linux says of a process; nothing of one that is gone, at any moment. */
function told(pid: number, file: 'stat' | 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process runs. One that has ended is gone, even if its parent has not taken note. Only Linux shows this. */
function isAlive(pid: number): boolean {
  const stat = told(pid, 'stat');
  return stat !== '' && !stat.includes(') Z ');
}

/** Waits until processes have ended: the kernel takes a moment to bury one. */
export async function gone(...pids: readonly number[]): Promise<void> {
  if (existsSync('/proc')) await until(() => !pids.some(isAlive), `the end of ${pids.join(', ')}`);
}

/** Processes with a text in their environment, so that those of other tests are not among them. */
export function processesWith(variable: string): number[] {
  if (!existsSync('/proc')) return [];
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((pid) => told(pid, 'environ').includes(variable));
}

/** Whether the command of a process begins with some words. */
export function isOf(pid: number, ...words: readonly string[]): boolean {
  return told(pid, 'cmdline').startsWith(`${words.join('\0')}\0`);
}
