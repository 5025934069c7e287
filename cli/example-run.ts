import type { ResolvedConfig } from '../modules/config/config';
import { loadConfig } from '../modules/config/load';
import { runProgram } from './local/program';

/** The code that the example's job comes with. */
const ENTRY = 'examples/first-job/report.ts';

function exampleJob({ resources }: ResolvedConfig): string | undefined {
  return Object.keys(resources).find((name) => {
    const resource = resources[name];
    if (resource?.type !== 'batch-job') return false;
    const { type, properties } = resource.properties.container.packaging;
    return type === 'stacktape-image-buildpack' && properties.entryfilePath === ENTRY;
  });
}

async function main(): Promise<void> {
  const job = exampleJob((await loadConfig()).config);
  if (job === undefined) return;
  const words = [job, '--plain', '--fast', '--fail-attempts', '1'];
  console.log(`\n$ npm run local -- ${words.join(' ')}`);
  runProgram(words);
}

// What `npm start` ends with, for as long as there is the example's own job: nobody else's is run unasked.
void main();
