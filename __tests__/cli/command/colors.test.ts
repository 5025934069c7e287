import { hasColors } from '../../../cli/command/colors';

beforeEach(() => {
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR', 'TERM']) delete process.env[name];
});

it.each<[boolean, boolean | undefined, object]>([
  [true, true, {}],
  [false, false, {}],
  [false, undefined, {}],
  [false, false, { CI: 'true' }],
  [false, true, { TERM: 'dumb' }],
  [false, true, { NO_COLOR: '1' }],
  [true, true, { NO_COLOR: '' }],
  [false, true, { NO_COLOR: '1', FORCE_COLOR: '1' }],
  [true, false, { FORCE_COLOR: '1' }],
  [true, false, { FORCE_COLOR: '' }],
  [false, true, { FORCE_COLOR: '0' }],
  [false, true, { FORCE_COLOR: 'false' }],
])('has colors: %p, on a terminal: %p, with %j', (expected, isTTY, variables) => {
  Object.assign(process.env, variables);
  expect(hasColors({ isTTY })).toBe(expected);
});

it('has no colors in a file that a CI system keeps', () => {
  process.env.CI = 'true';
  jest.isolateModules(() => {
    const { colors } = require('../../../cli/command/colors') as typeof import('../../../cli/command/colors');
    expect(colors.bold('reports')).toBe('reports');
  });
});

it('has colors where they are asked for', () => {
  process.env.FORCE_COLOR = '1';
  jest.isolateModules(() => {
    const { colors } = require('../../../cli/command/colors') as typeof import('../../../cli/command/colors');
    expect(colors.bold('reports')).toBe('\u001b[1mreports\u001b[22m');
  });
});
