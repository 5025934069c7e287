import { installCommand, type PackageManager, runCommand } from '../command/package-manager';
import { type Answers, TITLES } from './answers';
import { CONFIG_FILES, JOB, JOB_FILES } from './templates';

/** The README of a new project, with commands of its package manager. */
export function readme({ name, language, configFormat }: Answers, manager: PackageManager): string {
  const { job, test } = JOB_FILES[language];
  const commands = [
    [runCommand(manager, 'local', JOB), 'Run the job on this machine, without AWS'],
    [runCommand(manager, 'console'), 'Look at the stack and its runs in your browser'],
    [runCommand(manager, 'test'), `Test the job's code${language === 'python' ? ' (needs Python 3.8 or later)' : ''}`],
    [runCommand(manager, 'synth'), 'Check the config and write Terraform JSON to `cdktf.out/`'],
    [runCommand(manager, 'diff'), 'Show what a deployment would change'],
    [runCommand(manager, 'deploy'), 'Deploy'],
    [runCommand(manager, 'destroy'), 'Remove everything that was deployed'],
  ];
  return [
    `# ${name}`,
    '',
    'Jobs on AWS Batch, by [cdktf-batch-jobs](https://www.npmjs.com/package/cdktf-batch-jobs). Install the packages first:',
    `\`${installCommand(manager)}\`.`,
    '',
    '| Command | What it does |',
    '| --- | --- |',
    ...commands.map(([command, purpose]) => `| \`${command}\` | ${purpose} |`),
    '',
    'To show changes, deploy and destroy, you need Terraform and AWS credentials.',
    '',
    `- \`${CONFIG_FILES[configFormat]}\` describes the jobs and what starts them, in ${TITLES[configFormat]}.`,
    `- \`${job}\` is the code of the job \`${JOB}\`, and \`${test}\` its test.`,
    '- `main.ts` is where you add your own constructs.',
    '',
  ].join('\n');
}
