import { TerraformStack, Testing } from 'cdktf';
import { ConfigError } from '../../modules/problems/config-error';
import { checkAtSynthesis } from '../../modules/terraform/synthesis-checks';

function refuse(...paths: string[]) {
  return () => {
    throw new ConfigError(
      paths.map((path) => ({ path, found: '5', accepted: '1 to 4', fix: 'use 4' })),
      'stack',
    );
  };
}

it('all checks of a stack make one report', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  for (const check of [refuse('a'), () => {}, refuse('b', 'c')]) checkAtSynthesis(stack, check);
  const all = expect.objectContaining({ problems: ['a', 'b', 'c'].map((path) => expect.objectContaining({ path })) });
  expect(() => stack.node.validate()).toThrow(all);
});

it('a check is of its stack alone, and runs at synthesis, not before', () => {
  const app = Testing.app();
  const [stack, other] = ['stack', 'other'].map((id) => new TerraformStack(app, id)) as [
    TerraformStack,
    TerraformStack,
  ];
  const ran: string[] = [];
  checkAtSynthesis(stack, () => ran.push('stack'));
  checkAtSynthesis(other, () => ran.push('other'));
  expect(ran).toEqual([]);
  expect(other.node.validate()).toEqual([]);
  expect(ran).toEqual(['other']);
});
