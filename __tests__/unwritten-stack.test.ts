import { ConfigError } from '../modules/problems/config-error';
import { completedConfig } from '../modules/stack-config/completed-config';
import { unwrittenStack } from '../modules/unwritten-stack';

const resources = (properties: object) => ({ reports: { type: 'bucket', ...properties } }) as const;

function made(properties: object) {
  const config = completedConfig({ stackName: 'shelves', resources: resources(properties) }, 'config.ts');
  return unwrittenStack(config, { baseDir: __dirname });
}

it('is the stack of a config', () => {
  expect(
    made({})
      .node.findAll()
      .map(({ node }) => node.id),
  ).toContain('reports');
});

it('has the problems that its construction finds', () => {
  expect(() => made({ overrides: { Bucket: { nothing: 1 } } })).toThrow(ConfigError);
});
