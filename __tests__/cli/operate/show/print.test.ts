import { page } from '../../../../cli/operate/show/print';
import { storyOf } from '../../../../cli/operate/story';
import { recorded } from '../histories/recorded';
import { deployed } from '../info/deployment';

it.each([
  [false, true],
  [true, false],
])('names the command for logs if the job has any: disabled %s', (disabled, isNamed) => {
  const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
  const properties = { container, resources: { cpu: 1, memory: 512 }, logging: { disabled } };
  const deployment = deployed({ resources: { report: { type: 'batch-job', properties } } });
  const { execution, history } = recorded('succeeded');
  const run = { job: deployment.jobNamed('report'), story: storyOf(execution, history), links: {} };
  const text = page(deployment, run, 80, new Date()).join('\n');
  expect(text).toContain('Succeeded');
  expect(text.includes('  Logs  ')).toBe(isNamed);
});
