import type { ResolvedConfig } from '../modules/config/config';
import { loadConfig } from '../modules/config/load';
import { runCommandLine } from './command-line';

/** The code that the example's job comes with. */
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
  // A job of one attempt would end with its failure.
  const failure = job.attempts > 1 ? ['--fail-attempts', '1'] : [];
  const words = [job.name, '--plain', '--fast', ...failure];
  console.log(`\n$ npm run local -- ${words.join(' ')}`);
  runCommandLine(['local', ...words]);
}

// What `npm start` ends with, for as long as there is the example's own job: nobody else's is run unasked.
void main();
