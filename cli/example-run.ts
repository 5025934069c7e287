import { loadConfig } from '../modules/load';
import type { ResolvedConfig } from '../modules/stack-config/config';
import { runCommandLine } from './command-line';

/** The code file of the example's job. */
const ENTRY = 'jobs/nightly-report.ts';

function exampleJob({ resources }: ResolvedConfig): { readonly name: string; readonly attempts: number } | undefined {
  const jobs = Object.entries(resources).flatMap(([name, resource]) => {
    if (resource.type !== 'batch-job') return [];
    const { container, retryConfig } = resource.properties;
    const { type, properties } = container.packaging;
    const isExample = type === 'stacktape-image-buildpack' && properties.entryfilePath === ENTRY;
    return isExample ? [{ name, attempts: retryConfig.attempts }] : [];
  });
  return jobs[0];
}

async function main(): Promise<void> {
  const job = exampleJob((await loadConfig()).config);
  if (job === undefined) return;
  // With only one attempt, the injected fault would fail the job.
  const failure = job.attempts > 1 ? ['--fail-attempts', '1'] : [];
  const words = [job.name, '--plain', '--fast', ...failure];
  console.log(`\n$ npm run local -- ${words.join(' ')}`);
  runCommandLine(['local', ...words]);
}

// `npm start` runs the job only as long as it is the example's: other jobs are not run unasked.
void main();
