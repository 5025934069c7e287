import { PassThrough } from 'node:stream';
import { Deployment } from '../../../cli/operate/deployment';

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Where a command runs. */
export interface Surroundings {
  /** Of the terminal. @default no terminal, but a pipe */
  readonly width?: number;
  /** What a person answers to a question. @default there is nobody to ask */
  readonly answer?: string;
}

/** Runs a command with a deployment instead of one of AWS. */
export async function printed(
  deployment: Deployment,
  run: () => Promise<number>,
  { width, answer }: Surroundings = {},
): Promise<Printed> {
  const lines = { out: [] as string[], err: [] as string[] };
  const { stdout } = process;
  const { isTTY, columns } = stdout;
  const spies = [
    jest.spyOn(Deployment, 'open').mockResolvedValue(deployment),
    jest.spyOn(console, 'log').mockImplementation((line) => void lines.out.push(String(line))),
    jest.spyOn(console, 'error').mockImplementation((line) => void lines.err.push(String(line))),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.err.push(String(text).trim()) > 0),
  ];
  const input = Object.assign(new PassThrough(), { isTTY: answer !== undefined });
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
  Object.defineProperty(process, 'stdin', { value: input, configurable: true });
  if (answer !== undefined) input.write(`${answer}\n`);
  Object.assign(stdout, { isTTY: width !== undefined, columns: width });
  try {
    const code = await run();
    return { code, out: lines.out.join('\n'), err: lines.err.filter((line) => line !== '').join('\n') };
  } finally {
    Object.assign(stdout, { isTTY, columns });
    Object.defineProperty(process, 'stdin', stdin);
    for (const spy of spies) spy.mockRestore();
  }
}
