import { dirname, relative, sep } from 'node:path';
import { wrapped } from '../../modules/problems/wrapped';
import { colors } from '../command/colors';
import { executeCommand, installCommand, type PackageManager, runCommand } from '../command/package-manager';
import { twoColumns } from '../command/two-columns';
import type { Plan } from './plan';
import type { ProjectFolder } from './project-folder';

export interface InitReport {
  /** Path relative to the current folder. Empty for the current folder. */
  readonly path: string;
  readonly manager: PackageManager;
  /** The defaults that were used because there was no terminal to ask on. */
  readonly assumed?: string;
}

/** The next commands, each with its purpose. */
export function nextCommands(
  plan: Plan,
  { path, manager }: InitReport,
): (readonly [command: string, purpose: string])[] {
  const { needsInstallation, job, scripts } = plan;
  const call = (name: string, ...words: string[]) =>
    scripts.includes(name)
      ? runCommand(manager, name, ...words)
      : executeCommand(manager, 'batch-jobs', name, ...words);
  const install = [installCommand(manager), 'install the packages'] as const;
  const synth = [call('synth'), 'check the config, write Terraform JSON'] as const;
  const [first, ...more] = [
    ...(needsInstallation ? [install] : [synth]),
    ...(job === undefined ? [] : [[call('local', job), 'run the job on this machine'] as const]),
    ...(job === undefined && needsInstallation ? [synth] : []),
  ];
  if (first === undefined) return [];
  return [[path === '' ? first[0] : `cd ${quoted(path)} && ${first[0]}`, first[1]], ...more];
}

/** The lines to add to an existing CDKTF app. Undefined if the app is new or already has the stack. */
function linesForMain(folder: ProjectFolder, { config }: Plan): string[] | undefined {
  const { app, packageFile } = folder;
  if (app === undefined || app.usesPackage) return undefined;
  const isModule = /\.[cm]?[jt]s$/.test(config);
  if (!isModule) {
    return [
      "import { BatchJobsStack, loadConfig } from 'cdktf-batch-jobs';",
      '',
      'loadConfig().then((config) => {',
      '  new BatchJobsStack(app, config);',
      '  app.synth(); // Instead of the call that is there.',
      '});',
    ];
  }
  const from = relative(dirname(app.mainFile ?? 'main.ts'), config)
    .split(sep)
    .join('/');
  // An ending that says the kind of module is written in every import, as that of the compiled file.
  const stem = from.replace(/\.([cm]?)[jt]s$/, (_, kind) =>
    kind !== '' ? `.${kind}js` : packageFile.type === 'module' ? '.js' : '',
  );
  return [
    "import { BatchJobsStack } from 'cdktf-batch-jobs';",
    `import config from '${stem.startsWith('.') ? stem : `./${stem}`}';`,
    '',
    'new BatchJobsStack(app, config); // Before app.synth().',
  ];
}

/** Prints what was done and what to do next. */
export function report(folder: ProjectFolder, plan: Plan, told: InitReport, width: number): string {
  const { changes, kept, keptScripts } = plan;
  const created = changes.filter(({ added }) => added === undefined).map(({ path }) => path);
  const changed = changes.flatMap(({ path, added }) => (added === undefined ? [] : [[path, added] as const]));
  const rows = [
    ...(created.length === 0 ? [] : [['Created', created.join(', ')] as const]),
    ...changed.map(([path, added]) => ['Added', `to ${path}: ${added}`] as const),
    ...(kept.length === 0 ? [] : [['Kept', kept.join(', ')] as const]),
    ...(keptScripts.length === 0 ? [] : [['Kept', `in package.json: ${names('script', keptScripts)}`] as const]),
  ];
  const lines = linesForMain(folder, plan);
  const main = folder.app?.mainFile ?? 'the file that makes your app';
  const commands = nextCommands(plan, told);
  const place = told.path === '' ? 'this folder' : told.path;
  return [
    changes.length === 0
      ? `Nothing to add: ${place} has a project already.`
      : `${colors.bold(folder.packageFile.name === undefined && folder.app === undefined ? 'New project' : 'Batch jobs')} in ${place}`,
    ...(told.assumed === undefined ? [] : wrapped(told.assumed, width)),
    '',
    ...(changes.length === 0 ? [] : [...twoColumns(rows, width), '']),
    ...(lines === undefined ? [] : [`Add to ${main}:`, '', ...lines.map((line) => `  ${line}`.trimEnd()), '']),
    ...beside(
      'Next  ',
      twoColumns(
        commands.map(([command, purpose]) => [colors.bold(command), purpose]),
        width - 'Next  '.length,
        0,
      ),
    ),
  ].join('\n');
}

/** Puts lines to the right of a word. */
function beside(word: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index === 0 ? word : ' '.repeat(word.length)}${line}`);
}

function names(noun: string, list: readonly string[]): string {
  return `${noun}${list.length === 1 ? '' : 's'} ${list.join(', ')}`;
}

/** Quotes a path for a shell. */
function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
