import { gitignore } from '../../../cli/init/gitignore';

const ALL = 'node_modules/\ncdktf.out/\n.terraform/\n*.tfstate\n*.tfstate.*\n.env\n__pycache__/\n';

it.each([
  [undefined, ALL],
  ['', ALL],
  ['/node_modules\n.env', '/node_modules\n.env\ncdktf.out/\n.terraform/\n*.tfstate\n*.tfstate.*\n__pycache__/\n'],
  [' node_modules \n', ` node_modules \n${ALL.replace('node_modules/\n', '')}`],
  [
    'dist\r\n',
    'dist\r\nnode_modules/\r\ncdktf.out/\r\n.terraform/\r\n*.tfstate\r\n*.tfstate.*\r\n.env\r\n__pycache__/\r\n',
  ],
])('%j gets what it lacks', (original, expected) => {
  expect(gitignore(original)?.text).toBe(expected);
});

it('what was added is named', () => {
  expect(gitignore(ALL.replace('.env\n', ''))?.added).toEqual(['.env']);
});

it('one with every pattern is not changed', () => {
  expect(gitignore(ALL)).toBeUndefined();
});
