import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Installation } from '../../../../../modules/container/buildpack/javascript/packages/installation';
import { keptPackages } from '../../../../../modules/container/buildpack/javascript/packages/kept-packages';
import { appRoot } from '../../../../../modules/container/buildpack/javascript/root';
import type { BuildpackProperties, BuildpackSource } from '../../../../../modules/container/buildpack/language';
import { upward } from '../../../../../modules/container/buildpack/repository';
import { folder } from '../../../folder';
import type { Files } from '../heavy-project';

export type Given = Partial<BuildpackProperties> & { readonly config?: string };

/** What becomes of packages that stay out of a bundle, which is not made for it. */
function kept(files: Files, names: readonly string[], given: Given & { readonly secrets?: readonly string[] } = {}) {
  const { config = '', secrets = [], ...properties } = given;
  const root = folder({ '.git/HEAD': '', ...files });
  const entry = join(root, config, properties.entryfilePath ?? 'jobs/job.ts');
  const source: BuildpackSource = {
    properties: { entryfilePath: 'jobs/job.ts', ...properties },
    architecture: 'x86_64',
    baseDir: join(root, config),
    entry,
    distribution: properties.requiresGlibcBinaries ? 'debian' : 'alpine',
    secrets,
  };
  const packages = names.map((name) => {
    const at = upward(dirname(entry)).find((above) => existsSync(join(above, 'node_modules', name)));
    return { name, reason: 'it has a binary', importers: [''], folder: at && join(at, 'node_modules', name) };
  });
  return keptPackages(source, appRoot(source), packages);
}

/** Why packages that stay out cannot be installed. */
export function refused(...given: Parameters<typeof kept>) {
  const made = kept(...given);
  return 'problems' in made ? made.problems.map((problem) => ({ ...problem, found: String(problem.found) })) : [];
}

/** How packages that stay out are installed. */
export function installation(...given: Parameters<typeof kept>): Installation {
  const made = kept(...given);
  if (!('installation' in made) || made.installation === undefined) throw new Error(JSON.stringify(made, null, 2));
  return made.installation;
}
