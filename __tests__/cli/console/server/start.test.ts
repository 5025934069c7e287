import type { StackSide } from '../../../../cli/console/config/stack-side';
import type { ConsoleOptions } from '../../../../cli/console/server/options';
import { startConsole } from '../../../../cli/console/server/start';

const mock = { listen: jest.fn(), ends: [] as string[], prepare: jest.fn(), aws: jest.fn(), failing: '' };
function end(name: string): void {
  mock.ends.push(name);
  if (mock.failing === name) throw new Error(`${name} cannot be ended`);
}
jest.mock('../../../../cli/console/server/server', () => ({
  ConsoleServer: class {
    listen = mock.listen;
    close = async () => end('server');
  },
}));
jest.mock('../../../../cli/console/server/page', () => ({
  PageFiles: class {
    prepare = mock.prepare;
  },
}));
jest.mock('../../../../cli/console/local/local-side', () => ({
  LocalSide: class {
    logOf = async (id: string) => ({ file: `local ${id}` });
    close = () => end('local');
  },
}));
jest.mock('../../../../cli/console/aws/aws-side', () => ({
  AwsSide: class {
    constructor(given: object) {
      mock.aws(given);
    }
    logOf = async (id: string) => ({ file: `aws ${id}` });
    close = () => end('aws');
  },
}));
jest.mock('../../../../cli/console/log/logs', () => ({
  Logs: class {
    places: Record<string, unknown> = {};
    in(place: string, find: unknown) {
      this.places[place] = find;
    }
    close = () => end('logs');
  },
}));

const OPTIONS: ConsoleOptions = { open: false, aws: false, readOnly: false, json: false };

let name: string | undefined;
let changed = () => {};
const stack = {
  name: () => name,
  onChange: (listener: () => void) => {
    changed = listener;
  },
  start: jest.fn(),
  close: async () => end('stack'),
} as unknown as StackSide;

beforeEach(() => {
  mock.listen.mockReset().mockResolvedValue(1);
  mock.prepare.mockReset();
  mock.aws.mockReset();
  Object.assign(mock, { ends: [], failing: '' });
  name = 'reports';
});
afterEach(() => jest.restoreAllMocks());

const refused = (code: string) => Object.assign(new Error(code), { code });

it('it listens at its usual port, and bundles the page meanwhile', async () => {
  const { context } = await startConsole(OPTIONS, { stack });
  expect(mock.listen.mock.calls).toEqual([[4680]]);
  expect(mock.prepare).toHaveBeenCalledTimes(1);
  expect(stack.start).toHaveBeenCalled();
  expect(context).toMatchObject({ options: OPTIONS, folder: process.cwd(), stack, aws: undefined });
});

it.each(['EADDRINUSE', 'EACCES', 'EOTHER'])('without a wish for a port, it takes a free one after %s', async (code) => {
  mock.listen.mockRejectedValueOnce(refused(code));
  await startConsole(OPTIONS, { stack });
  expect(mock.listen.mock.calls).toEqual([[4680], [0]]);
});

it.each([
  ['EADDRINUSE', 'Port 80 is in use. Choose another with --port, or leave it out to get a free one.'],
  ['EACCES', 'Port 80 is only for the administrator. Choose one above 1023 with --port.'],
  ['EOTHER', 'EOTHER'],
])('the port that was wanted, or none: %s', async (code, message) => {
  mock.listen.mockRejectedValueOnce(refused(code));
  await expect(startConsole(OPTIONS, { port: 80, stack })).rejects.toThrow(message);
  expect(mock.listen.mock.calls).toEqual([[80]]);
  expect(mock.ends).toEqual(['server', 'local', 'logs', 'stack']);
  expect(mock.prepare).not.toHaveBeenCalled();
});

it('what was started last ends first', async () => {
  const { close } = await startConsole({ ...OPTIONS, aws: true }, { stack });
  await close();
  expect(mock.ends).toEqual(['server', 'aws', 'local', 'logs', 'stack']);
});

it('what cannot be ended keeps nothing else', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation();
  const { close } = await startConsole(OPTIONS, { stack });
  mock.failing = 'logs';
  await close();
  expect(mock.ends).toEqual(['server', 'local', 'logs', 'stack']);
  expect(error.mock.calls.join()).toContain('logs cannot be ended');
});

it('logs are found where their runs are', async () => {
  type Places = { places: Record<string, (id: string) => Promise<unknown>> };
  const places = async (options: ConsoleOptions) => {
    const { context } = await startConsole(options, { stack });
    return (context.logs as unknown as Places).places;
  };
  expect(Object.keys(await places(OPTIONS))).toEqual(['local']);
  expect(mock.aws).not.toHaveBeenCalled();
  const { local, aws } = await places({ ...OPTIONS, aws: true });
  expect([await local?.('r1'), await aws?.('r2')]).toEqual([{ file: 'local r1' }, { file: 'aws r2' }]);
});

it('AWS gets what it needs, with --aws', async () => {
  const options = { ...OPTIONS, aws: true };
  const { context } = await startConsole(options, { stack });
  const { folder, changes } = context;
  expect(mock.aws.mock.calls).toEqual([[{ options, folder, stack, changes }]]);
});

it('pages are told that the stack has changed, and also if it has another name', async () => {
  const { context } = await startConsole(OPTIONS, { stack });
  const told: string[] = [];
  context.changes.follow({ place: 'local', tell: ({ type }) => told.push(type) });
  changed();
  expect(told).toEqual(['stack']);
  name = 'other';
  changed();
  changed();
  expect(told).toEqual(['stack', 'stack', 'console', 'stack']);
});
