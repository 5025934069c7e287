import { join } from 'node:path';
import { collectOutputs, configsOf, differences } from '../../scripts/compare/outputs';
import { EXAMPLES, FIRST_EXAMPLE } from '../example-files';

const ROOT = join(__dirname, '..', '..');

describe('the comparison of two revisions', () => {
  it('knows every example', () => {
    expect(configsOf(ROOT)).toEqual([FIRST_EXAMPLE, ...EXAMPLES].sort());
  });

  it('finds what another config changes, and nothing in the same one', () => {
    const [queue, again, topic] = ['sqs', 'sqs', 'sns'].map((name) =>
      collectOutputs(ROOT, `examples/guide/${name}.yml`),
    );
    if (queue === undefined || again === undefined || topic === undefined) throw new Error('nothing was compared');
    expect([...queue.keys()]).toEqual(
      expect.arrayContaining(['printed by synth', 'printed by diagram', 'stacks/sqs/cdk.tf.json', 'manifest.json']),
    );
    expect(differences(queue, again)).toEqual([]);
    expect(differences(queue, topic)).toEqual(
      expect.arrayContaining(['printed by synth', 'stacks/sqs/cdk.tf.json', 'stacks/sns/cdk.tf.json']),
    );
  });
});
