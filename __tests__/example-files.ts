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

/** Jobs of examples that call AWS as they run. */
export const JOBS_ON_AWS = {
  pipeline: { file: 'examples/image-pipeline/batch-jobs.yml', job: 'makeThumbnails' },
  report: { file: 'examples/nightly-report/batch-jobs.yml', job: 'nightlyReport' },
  users: { file: 'examples/guide/cognito-authorizer.yml', job: 'myBatchJob' },
} as const;

/** Every other example, as a path from the project's folder. */
export const EXAMPLES = [
  ...GUIDE_EXAMPLES,
  ...['gpu-inference', 'image-pipeline', 'nightly-report', 'pipeline', 'shared-files'].map(
    (name) => `examples/${name}/batch-jobs.yml`,
  ),
];
