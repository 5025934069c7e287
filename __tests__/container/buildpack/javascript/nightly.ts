import type { BuildContext } from '../../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { folder } from '../../folder';

export type Given = Omit<BuildpackProperties, 'entryfilePath'> & { readonly entryfilePath?: string };

/** A job of two files, which prints its event. */
export const JOB = {
  'jobs/nightly.ts':
    "import { text } from './text';\nconst day: string = text();\nconsole.log(JSON.stringify([day, process.env.STP_TRIGGER_EVENT_DATA]));\n",
  'jobs/text.ts': "export const text = () => 'today';\n",
};

function result(files: { readonly [path: string]: string }, properties: Given = {}) {
  return imageBuildpackContext({ entryfilePath: 'jobs/nightly.ts', ...properties }, 'x86_64', folder(files));
}

/** The build context of such a job. */
export function context(files: { readonly [path: string]: string }, properties: Given = {}): BuildContext {
  const made = result(files, properties);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems, null, 2));
  return made.context;
}

/** Why there is none. */
export function problems(files: { readonly [path: string]: string }, properties: Given = {}) {
  const made = result(files, properties);
  return 'problems' in made ? made.problems : [];
}
