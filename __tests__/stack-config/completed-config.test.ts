import { ConfigError } from '../../modules/problems/config-error';
import { completedConfig } from '../../modules/stack-config/completed-config';
import { configOf } from './samples';

function refused(given: unknown): ConfigError {
  try {
    completedConfig(given, 'reports.yml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

it('fills in the defaults, and leaves what is given alone', () => {
  const given = configOf({});
  const before = JSON.stringify(given);
  expect(completedConfig(given, 'reports.yml')).toMatchObject({
    imageBuilder: 'codebuild',
    dashboard: false,
    tags: {},
  });
  expect(JSON.stringify(given)).toBe(before);
});

it('returns a completed config as it is', () => {
  const config = completedConfig(configOf({}), 'reports.yml');
  expect(completedConfig(config, 'other.yml')).toBe(config);
});

it('checks a completed config again after a change', () => {
  const config = completedConfig(configOf({}), 'reports.yml');
  config.tags.team = 'data';
  const again = completedConfig(config, 'reports.yml');
  expect(again).not.toBe(config);
  expect(again).toEqual(config);
  config.compute.maxVcpus = 0;
  expect(refused(config).problems).toMatchObject([{ path: 'compute.maxVcpus', found: '0' }]);
});

it('keeps no config that has problems', () => {
  const wrong = { ...(configOf({}) as object), regoin: 'eu-west-1' };
  expect(refused(wrong).problems).toMatchObject([{ path: 'regoin' }]);
  expect(refused(wrong).problems).toMatchObject([{ path: 'regoin' }]);
});

it('says what to do with a promise', () => {
  const { problems, source } = refused(Promise.resolve(configOf({})));
  expect(source).toBe('reports.yml');
  expect(problems).toMatchObject([
    { path: '', found: 'a promise', accepted: 'a config', fix: 'await it, as in `await loadConfig()`' },
  ]);
});

it.each([[undefined], [null], ['reports.yml'], [() => configOf({})]])('refuses %p', (given) => {
  expect(refused(given).source).toBe('reports.yml');
});

it('reports where in the file a problem is', () => {
  const wrong = { ...(configOf({}) as object), dashboard: 1 };
  const locate = () => ({ line: 3, column: 5 });
  const place = () => completedConfig(wrong, 'reports.yml', { locate });
  expect(place).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ place: { line: 3, column: 5 } })] }),
  );
});
