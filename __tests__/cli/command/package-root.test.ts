import { join } from 'node:path';
import { packageRoot } from '../../../cli/command/package-root';
import { name, version } from '../../../package.json';

it('is the folder of package.json, with the version that it says', () => {
  expect(name).toBe('cdktf-batch-jobs');
  expect(packageRoot()).toEqual({ folder: join(__dirname, '../../..'), version });
});
