import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES_FOLDER = join(__dirname, '..', 'examples');

/** The examples of the guide, as paths from the project's folder. */
export const GUIDE_EXAMPLES = readdirSync(join(EXAMPLES_FOLDER, 'guide'))
  .filter((file) => file.endsWith('.yml'))
  .sort()
  .map((file) => `examples/guide/${file}`);

/** The example to start from. */
export const FIRST_EXAMPLE = 'batch-jobs.config.ts';

/** Every other example, as a path from the project's folder. */
export const EXAMPLES = [
  ...GUIDE_EXAMPLES,
  ...['gpu-inference', 'image-pipeline', 'nightly-report'].map((name) => `examples/${name}/batch-jobs.yml`),
];
