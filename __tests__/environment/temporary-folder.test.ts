import { tmpdir } from 'node:os';
import { isUsable } from './temporary-folder';

const mount = (folder: string, options: string) => `tmpfs ${folder} tmpfs ${options} 0 0\n`;

describe('a file system in memory', () => {
  // The mounts are made up.
  const folder = tmpdir();
  const usable = (mounts: string, space = 0) => isUsable(folder, mounts, space);

  it('is used if programs can be started in it', () => {
    expect(usable(mount('/proc', 'rw') + mount(folder, 'rw,nosuid,size=24684084k'))).toBe(true);
  });

  it.each([
    ['it is mounted without the right to start programs', mount(folder, 'rw,nosuid,noexec')],
    ['it is read-only', mount(folder, 'ro')],
    ['the last mount of the folder is', mount(folder, 'rw') + mount(folder, 'rw,noexec')],
    ['nothing is mounted there', mount('/elsewhere', 'rw')],
  ])('is not used if %s', (_, mounts) => {
    expect(usable(mounts)).toBe(false);
  });

  it('is not used if it is small, or not there', () => {
    expect(usable(mount(folder, 'rw'), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isUsable('/none', mount('/none', 'rw'), 0)).toBe(false);
  });
});
