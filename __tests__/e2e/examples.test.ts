import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { ALL_EXAMPLES, type SynthesizedExamples, synthesizeExamples } from './synthesized-examples';

describeWith([terraformAvailable()], 'the examples, with the real provider', () => {
  let examples: SynthesizedExamples;

  beforeAll(() => {
    examples = synthesizeExamples();
  });

  afterAll(() => examples?.dispose());

  it.each(ALL_EXAMPLES.map((example, index) => ({ example, index })))(
    '$example validates and applies',
    async ({ index }) => {
      const dir = examples.dirOf(index);
      const { resource } = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8'));
      const copy = workspace(dir);
      try {
        expect(await copy.validate()).toEqual([]);
        const applied = [...(await copy.mockApply()).resources.values()].filter(({ mode }) => mode === 'managed');
        // A block with `for_each` is several resources.
        const blocks = new Set(applied.map(({ type, name }) => `${type}.${name}`));
        expect(blocks.size).toBe(Object.values<object>(resource).flatMap((named) => Object.keys(named)).length);
      } finally {
        copy.dispose();
      }
    },
  );
});
