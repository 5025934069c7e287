import { type Argument, Command } from 'commander';
import { batchJobs, defined } from '../cli/command-line';
import { SUBCOMMANDS, type Subcommand } from '../cli/subcommands';

/** The page about the command, generated from the definitions of its subcommands. */
export function cliPage(): string {
  const names = SUBCOMMANDS.map(({ name, summary }) => `- [${name}](#${name}): ${lower(summary)}`);
  return [
    '# The batch-jobs command',
    '',
    'Look up every subcommand, argument and option of the `batch-jobs` command.',
    'This page is generated from the definitions in `cli/`: run `npm run docs` to update it.',
    '',
    'In a project that has the package, run `npx batch-jobs <command>`, or the',
    'npm script of the same name: `npm run <command> -- <options>`. In this',
    'repository, only the npm scripts exist: `npm run start:run` for `start`,',
    'because `npm start` runs the example.',
    '',
    ...names,
    '',
    ...EXIT_CODES,
    ...SUBCOMMANDS.flatMap(sectionOf),
    'See also: [List of environment variables](environment-variables.md), [Deploy](../deploy.md) and',
    '[Local runs](../local/run-locally.md).',
    '',
  ].join('\n');
}

const EXIT_CODES = [
  '## Exit codes',
  '',
  '- **0**: done. For `diff`: nothing would change.',
  '- **1**: failed. The config has problems, the run failed, Terraform failed, or',
  '  you answered no.',
  '- **2**: not understood, or nothing to work on: an unknown option, a missing',
  '  job or file, no Terraform, or a question without a terminal and without',
  '  `--yes`. Nothing was started.',
  '',
  '`diff` is different, as `terraform plan -detailed-exitcode` is: 2 means that',
  'something would change, 3 that data or runs would be lost, and 1 is every',
  'error, and a plan that `deploy` would refuse. See',
  '[Check a plan in a script](../deploy.md#check-a-plan-in-a-script).',
  '',
  'With `--json`, an error is one line of JSON on standard output as well:',
  '`type` is `error`, `error` is the text, and for a config `source` and',
  '`problems` are its file and its problems, each with a',
  '[code](errors.md).',
  '',
  'There is no shell completion.',
  '',
];

function sectionOf(subcommand: Subcommand): string[] {
  const command = defined(new Command(subcommand.name), subcommand, () => {});
  const help = batchJobs().createHelp();
  const entries = [
    ...command.registeredArguments.map((argument) => [usage(argument), argument.description] as const),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== '--help')
      .map(({ flags, description }) => [flags, description] as const),
  ];
  return [
    `## ${subcommand.name}`,
    '',
    `${subcommand.summary}.`,
    '',
    '```sh',
    ['npx batch-jobs', subcommand.name, ...command.registeredArguments.map(usage), '[options]'].join(' '),
    '```',
    '',
    ...entries.map(([flags, description]) => `- **\`${flags}\`**: ${sentence(description)}`),
    '',
  ];
}

function usage(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

/** Formats words in angle brackets as code, since Markdown would read them as HTML. */
function sentence(description: string): string {
  const text = description.replace(/<[^>]+>(:\w+)?/g, '`$&`').replace(/ \(default: (.*)\)$/, '. Default: $1');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
