import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { jsonOption } from './command/common-options';
import { CONFIG_FORMATS, LANGUAGES, meant } from './init/answers';
import type { InitOptions } from './init/initialize';
import { isStackName, nameProblem } from './init/stack-name';

/** `batch-jobs init`: writes a complete project with packages, a config, a job and its test. */
export function define(command: Command) {
  command
    .argument('[folder]', 'the folder of the project (default: the current folder)')
    .option('--name <name>', "the stack's name (default: the folder's name)", stackName)
    .addOption(choice('--language <language>', 'language of the job: typescript (default) or python', LANGUAGES))
    .addOption(choice('--config-format <format>', 'write the config in typescript (default) or yaml', CONFIG_FORMATS))
    .option('--yes', 'take the defaults instead of asking', false)
    .addHelpText('after', '\nIn an existing project it adds what is missing, and overwrites nothing.');
  jsonOption(command);
  return (folder: string | undefined, options: InitOptions) => initialize()(resolve(folder ?? '.'), options);
}

function initialize() {
  return (require('./init/initialize') as typeof import('./init/initialize')).initialize;
}

function stackName(name: string): string {
  if (isStackName(name)) return name;
  throw new InvalidArgumentError(nameProblem(name));
}

function choice<Answer extends string>(flags: string, description: string, answers: readonly Answer[]): Option {
  return new Option(flags, description).argParser((word) => {
    const answer = meant(word, answers);
    if (answer !== undefined) return answer;
    throw new InvalidArgumentError(`Accepted: ${answers.join(', ')}.`);
  });
}
