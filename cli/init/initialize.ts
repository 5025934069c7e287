import { basename, relative } from 'node:path';
import { identified, REGION_FORM } from '../../modules/config/identity';
import { DONE } from '../command/exit-code';
import { packageManagerOf } from '../command/package-manager';
import { widthOf } from '../command/two-columns';
import { type Answers, TITLES } from './answers';
import { ownPackage, ownRange } from './own-package';
import { plan } from './plan';
import { projectFolder } from './project-folder';
import { nextCommands, report } from './report';
import { nearestStackName } from './stack-name';
import { writeFiles } from './write-files';

export interface InitOptions extends Partial<Answers> {
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Creates a project in a folder, or adds what is missing to an existing one.
 *
 * @returns the exit code
 * @throws UsageError if that is not possible. Then nothing is written
 */
export async function initialize(path: string, { yes, json, ...given }: InitOptions): Promise<number> {
  const folder = projectFolder(path);
  const isAsking = !yes && !json && process.stdin.isTTY && process.stdout.isTTY;
  const defaults: Answers = {
    name: nearestStackName(basename(path)),
    language: 'typescript',
    configFormat: 'typescript',
  };
  const isSaid = folder.config !== undefined || Object.keys(defaults).every((key) => Object.hasOwn(given, key));
  const answers = isAsking && !isSaid ? await questions().asked(given, defaults) : { ...defaults, ...given };
  const own = ownPackage();
  const manager = packageManagerOf(path);
  const planned = plan(folder, answers, { manager, own, ownRange: ownRange(own, path), region: await machineRegion() });
  writeFiles(path, planned.changes);

  const told = {
    path: relative('.', path),
    manager,
    assumed: isAsking || yes || isSaid ? undefined : assumption(answers),
  };
  if (json) {
    const { changes, kept, keptScripts } = planned;
    const written = changes.map((change) => change.path);
    const next = nextCommands(planned, told).map(([command]) => command);
    console.log(JSON.stringify({ folder: path, written, kept, keptScripts, next }, undefined, 2));
  } else {
    console.log(report(folder, planned, told, widthOf(process.stdout)));
  }
  return DONE;
}

/** The defaults that were used because there is no terminal to ask on. */
function assumption({ name, language, configFormat }: Answers): string {
  return `There is no terminal to ask on. Stack "${name}", job in ${TITLES[language]}, config in ${TITLES[configFormat]} (--name, --language, --config-format).`;
}

/** The region that the AWS CLI would use. */
async function machineRegion(): Promise<string | undefined> {
  const { value } = await identified({ stackName: '' }, '');
  const { region } = value as { readonly region?: string };
  return region !== undefined && REGION_FORM.pattern.test(region) ? region : undefined;
}

/** Loaded only if there is a terminal to ask on. */
function questions() {
  return require('./questions') as typeof import('./questions');
}
