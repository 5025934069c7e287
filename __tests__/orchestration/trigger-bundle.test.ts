import { Script } from 'node:vm';
import {
  bundleTriggerFunction,
  TRIGGER_BUNDLE_FILE,
  TRIGGER_HANDLER,
} from '../../modules/orchestration/trigger-bundle';

test('is one file that Lambda can load, small, with the licence of what is in it', () => {
  const source = bundleTriggerFunction();
  expect(source.length).toBeLessThan(30_000);
  expect(source).toContain('MIT');
  const required = [...source.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1]);
  const builtIn = /^(node:)?(buffer|crypto|http|https|querystring|timers\/promises|url|zlib)$/;
  expect(required.filter((name = '') => !builtIn.test(name))).toEqual([]);
  expect(() => new Script(source)).not.toThrow();
});

test('exports the handler that the function names', () => {
  const [file, name] = TRIGGER_HANDLER.split('.');
  expect(TRIGGER_BUNDLE_FILE).toBe(`${file}.js`);
  const module = { exports: {} as { [name: string]: unknown } };
  new Function('module', 'exports', 'require', bundleTriggerFunction())(module, module.exports, require);
  expect(module.exports[String(name)]).toBeInstanceOf(Function);
});
