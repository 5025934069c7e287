import { Deployment } from '../../../cli/operate/deployment';

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a command with a deployment instead of one of AWS.
 *
 * @param width of the terminal. @default no terminal, but a pipe
 */
export async function printed(deployment: Deployment, run: () => Promise<number>, width?: number): Promise<Printed> {
  const lines = { out: [] as string[], err: [] as string[] };
  const { stdout } = process;
  const { isTTY, columns } = stdout;
  const spies = [
    jest.spyOn(Deployment, 'open').mockResolvedValue(deployment),
    jest.spyOn(console, 'log').mockImplementation((line) => void lines.out.push(String(line))),
    jest.spyOn(console, 'error').mockImplementation((line) => void lines.err.push(String(line))),
  ];
  Object.assign(stdout, { isTTY: width !== undefined, columns: width });
  try {
    const code = await run();
    return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
  } finally {
    Object.assign(stdout, { isTTY, columns });
    for (const spy of spies) spy.mockRestore();
  }
}
