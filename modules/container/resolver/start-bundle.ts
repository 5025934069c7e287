import { BundledProgram } from '../../bundled-program';

// The oldest Node.js that a job may ask for.
const program = new BundledProgram('modules/container/resolver/start.ts', 'node16');

/** The program before a JavaScript job, as one file. */
export function startBundle(): string {
  return program.text();
}
