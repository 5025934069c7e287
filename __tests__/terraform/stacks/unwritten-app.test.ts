import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack } from 'cdktf';
import { unwrittenApp } from '../../../modules/terraform/stacks/unwritten-app';

const FOLDER = join(__dirname, '../../../modules/terraform');

it('makes no file and no folder', () => {
  const before = [readdirSync(FOLDER), readdirSync(join(FOLDER, 'stacks'))];
  const stack = new TerraformStack(unwrittenApp(), 'stack');
  expect(stack.toTerraform()).toBeDefined();
  expect([readdirSync(FOLDER), readdirSync(join(FOLDER, 'stacks'))]).toEqual(before);
});
