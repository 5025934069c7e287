import { BundledProgram } from '../../orchestration/bundled-program';

// The oldest Node.js that a job may ask for.
export const startProgram = new BundledProgram('job-start', 'modules/container/resolver/start.ts', 'node16');

/** The program before a JavaScript job, as one file. */
export function startBundle(): string {
  return startProgram.text();
}
