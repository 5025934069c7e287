import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployedStack } from '../../../cli/local/deployed-stack';

let folder: string;
const { PATH } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  mkdirSync(join(folder, 'programs'));
  mkdirSync(join(folder, 'stack'));
});

afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true, force: true });
});

/** A program instead of Terraform, with the same responses. The end-to-end tests use the real one. */
function terraform(script: string): DeployedStack {
  const file = join(folder, 'programs', 'terraform');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env.PATH = `${join(folder, 'programs')}:${PATH}`;
  return DeployedStack.in(join(folder, 'stack'));
}

test('a folder that is not there', () =>
  expect(DeployedStack.in(join(folder, 'none')).missing).toBe(`${join(folder, 'none')} is not there`));

test('a machine without Terraform', () => {
  process.env.PATH = join(folder, 'programs');
  expect(DeployedStack.in(join(folder, 'stack')).missing).toBe('terraform does not run (spawnSync terraform ENOENT)');
});

test('another program, as the CDKTF CLI takes it', () => {
  process.env.TERRAFORM_BINARY_NAME = 'no-tofu';
  expect(DeployedStack.in(join(folder, 'stack')).missing).toBe('no-tofu does not run (spawnSync no-tofu ENOENT)');
  delete process.env.TERRAFORM_BINARY_NAME;
});

test('a folder that Terraform does not know yet', () => {
  const { missing } = terraform(`printf '\\n│ Error: Backend initialization required\\n│ advice\\n' >&2; exit 1`);
  expect(missing).toBe(`terraform state pull fails in ${join(folder, 'stack')}: Backend initialization required`);
});

test('a stack that was never applied', () =>
  expect(terraform('exit 0').missing).toBe(`nothing is deployed from ${join(folder, 'stack')}`));

test('a state that is none', () =>
  expect(terraform('echo no').missing).toBe(`terraform state pull in ${join(folder, 'stack')} gives no JSON`));

test('a state', () => {
  const state = { resources: [{ mode: 'managed', type: 'a', name: 'b', instances: [{ attributes: { c: 'd' } }] }] };
  const stack = terraform(
    `[ "$*" = "-chdir=${join(folder, 'stack')} state pull -no-color" ] && echo '${JSON.stringify(state)}'`,
  );
  expect(stack.missing).toBeUndefined();
  expect(stack.attribute('a.b', ['c'])).toBe('d');
});
