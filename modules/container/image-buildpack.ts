import { extname, resolve } from 'node:path';
import { formatFound } from '../config/problem';
import type { Architecture, ContextResult } from './build-context';
import { dotnet } from './buildpack/dotnet';
import { go } from './buildpack/go';
import { java } from './buildpack/java';
import { javascript } from './buildpack/javascript';
import type { BuildpackProperties, Language } from './buildpack/language';
import { php } from './buildpack/php';
import { python } from './buildpack/python';
import { ruby } from './buildpack/ruby';
import { pathProblem } from './source-files';

/** What makes an image of a file, by the file's ending. */
const LANGUAGES: { readonly [ending: string]: Language } = {
  '.js': javascript,
  '.jsx': javascript,
  '.cjs': javascript,
  '.mjs': javascript,
  '.ts': javascript,
  '.tsx': javascript,
  '.cts': javascript,
  '.mts': javascript,
  '.py': python,
  '.go': go,
  '.java': java,
  '.rb': ruby,
  '.php': php,
  '.cs': dotnet,
};

/** The context of an image that is made of an entry file; its ending decides how. */
export function imageBuildpackContext(
  properties: BuildpackProperties,
  architecture: Architecture,
  folder: string,
): ContextResult {
  const { entryfilePath } = properties;
  const baseDir = resolve(folder);
  // `module/file.py:app` names something in the file.
  const path = entryfilePath.replace(/(?<=\.py):[^:/\\]*$/, '');
  const language = LANGUAGES[extname(path).toLowerCase()];
  if (language === undefined) {
    const accepted = `a file that ends in ${Object.keys(LANGUAGES).join(', ')}`;
    const fix = 'name the file that the job starts with, or write a Dockerfile and use custom-dockerfile';
    return { problems: [{ property: ['entryfilePath'], found: formatFound(entryfilePath), accepted, fix }] };
  }
  const entry = resolve(baseDir, path);
  const problem = pathProblem(entryfilePath, entry, 'file');
  if (problem !== undefined) return { problems: [{ property: ['entryfilePath'], ...problem }] };
  return language({ properties, architecture, baseDir, entry });
}
