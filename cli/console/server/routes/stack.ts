import { nextCommand } from '../../../command/next-command';
import { type ConsoleState, PAGE_COMMANDS, type PageCommand } from '../../../model/console';
import { withNextTimes } from '../../picture/next-times';
import type { ConsoleContext } from '../context';
import { RequestError, type Route } from '../route';

/** The console itself, and the stack of its config. */
export const stackRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/console', answer: (_, context) => consoleState(context) },
  { method: 'GET', path: '/api/stack', answer: (_, { stack }) => withNextTimes(stack.state(), Date.now()) },
  {
    method: 'GET',
    path: '/api/resource',
    answer: async ({ query }, { stack }) => {
      const address = query.required('address');
      const json = await stack.ask('resource', { address });
      if (json === undefined || json === null) throw new RequestError(404, `The stack has no resource "${address}".`);
      return { address, json };
    },
  },
];

function consoleState({ stack, options, aws }: ConsoleContext): ConsoleState {
  return {
    stackName: stack.name() ?? '',
    configFile: stack.configFile(),
    isReadOnly: options.readOnly,
    aws: aws?.state() ?? { kind: 'off' },
    commands: Object.fromEntries(PAGE_COMMANDS.map((command) => [command, commandLine(command)])) as Record<
      PageCommand,
      string
    >,
  };
}

/** `local <job>` as the command that runs it in this project. */
function commandLine(command: PageCommand): string {
  const [subcommand = '', ...words] = command.split(' ');
  return nextCommand(subcommand, words);
}
