import { basename, extname } from 'node:path';

/**
 * The config with a `stackName`, if it has none and is an object: the environment variable STACK_NAME, else the file's name, such as
 * `nightly-report` of `nightly-report.yml` and `jobs` of `jobs.config.ts`. A name that the file itself gives stays: a variable that
 * somebody else needs must not rename a stack, which would replace all of it.
 */
export function withStackName(config: unknown, file: string, variable = process.env.STACK_NAME): unknown {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return config;
  if ('stackName' in config && config.stackName !== undefined) return config;
  const name = variable || nameOfFile(file);
  return name === '' ? config : { ...config, stackName: name };
}

/** Letters, digits and hyphens of the file's name from its first letter on. */
function nameOfFile(file: string): string {
  return basename(file, extname(file))
    .replace(/\.config$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^[^a-zA-Z]+|-+$/g, '');
}
