import { nextCommand } from '../../../next-command';
import { SUBCOMMANDS } from '../../../subcommands';
import type { ConsoleState } from '../../model/console';
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
    commands: {
      ...Object.fromEntries(SUBCOMMANDS.map(({ name }) => [name, nextCommand(name)])),
      'console --aws': nextCommand('console', ['--aws']),
      'local <job>': nextCommand('local', ['<job>']),
    },
  };
}
