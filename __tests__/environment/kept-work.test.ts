import { join } from 'node:path';
import validate from 'asl-validator';
import { keepBuilds, keepStateMachineSchema, withKeptWork } from './kept-work';

const ROOT = join(__dirname, '../..');

describe('keepBuilds', () => {
  const built = () => {
    const buildSync = jest.fn((options: object) => ({ options }));
    return { buildSync, kept: keepBuilds({ buildSync }) };
  };
  const own = { absWorkingDir: ROOT, entryPoints: [join('modules', 'a.ts')], write: false };

  it('builds a program of the project once for the same options', () => {
    const { buildSync, kept } = built();
    expect(kept.buildSync({ ...own })).toBe(kept.buildSync({ ...own }));
    expect(buildSync).toHaveBeenCalledTimes(1);
    kept.buildSync({ ...own, entryPoints: [join('modules', 'b.ts')] });
    expect(buildSync).toHaveBeenCalledTimes(2);
  });

  it.each([
    { ...own, absWorkingDir: '/elsewhere' },
    { ...own, write: true },
    { ...own, entryPoints: [{ in: 'modules/a.ts', out: 'a' }] },
    { ...own, entryPoints: ['__tests__/fixtures/a.ts'] },
    { ...own, entryPoints: undefined },
  ])('builds all else each time: %j', (options) => {
    const { buildSync, kept } = built();
    kept.buildSync(options);
    kept.buildSync(options);
    expect(buildSync).toHaveBeenCalledTimes(2);
  });
});

describe('keepStateMachineSchema', () => {
  it('takes the schema of state machines once, and all others each time', () => {
    const getSchema = jest.fn((key: string) => ({ key }));
    class Ajv {
      getSchema(key: string): unknown {
        return getSchema(key);
      }
    }
    keepStateMachineSchema({ default: Ajv });
    const key = 'http://asl-validator.cloud/state-machine.json#';
    expect(new Ajv().getSchema(key)).toBe(new Ajv().getSchema(key));
    expect(new Ajv().getSchema('other')).not.toBe(new Ajv().getSchema('other'));
    expect(getSchema).toHaveBeenCalledTimes(3);
  });

  it('a definition is valid or not, and its errors are its own', () => {
    const valid = { StartAt: 'one', States: { one: { Type: 'Succeed' } } };
    const invalid = { StartAt: 'one', States: { one: { Type: 'Pass', Result: 1, ResultPath: 'no path', End: true } } };
    for (const _ of [1, 2]) {
      expect(validate(structuredClone(valid)).isValid).toBe(true);
      const { isValid, errorsText } = validate(structuredClone(invalid));
      expect(isValid).toBe(false);
      expect(errorsText()).toContain('/States/one/ResultPath');
    }
  });
});

it('files that change are built each time, and other packages stay as they are', () => {
  const exported = { buildSync: () => ({}) };
  expect(withKeptWork('/node_modules/esbuild/lib/main.js', exported, true)).toBe(exported);
  expect(withKeptWork('/node_modules/esbuild/lib/main.js', exported, false)).not.toBe(exported);
  expect(withKeptWork('/node_modules/zod/index.js', exported, false)).toBe(exported);
});
