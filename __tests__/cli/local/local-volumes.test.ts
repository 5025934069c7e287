import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localMounts, volumeNotes, volumeWords } from '../../../cli/local/local-volumes';
import type { JobVolume } from '../../../modules/resources/efs-filesystem/volume';

const fileSystem = { arn: 'arn', params: { id: 'fs-1' } };
const OWNER = { uid: 1000, gid: 1000, permissions: '0755' };
const volumes: JobVolume[] = [
  { type: 'efs', properties: { fileSystem, mountPath: '/data', rootDirectory: '/shared', readOnly: true, ...OWNER } },
  { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 64 } },
];
const tmpfs = [{ containerPath: '/tmp', size: 64 }];

it('each file system is a folder of the stack, and its root directory one in it', () => {
  expect(localMounts(volumes, 'reports', () => 'models')).toEqual([
    { folder: join(process.cwd(), '.batch-jobs/reports/volumes/models/shared'), path: '/data', readOnly: true },
  ]);
});

it('volumes are words of the engine, and folders that any user of a container can write to', () => {
  const root = mkdtempSync(join(tmpdir(), 'volumes-'));
  try {
    const folder = join(root, '.batch-jobs/reports/volumes/models/shared');
    const mounts = [
      { folder, path: '/data', readOnly: false },
      { folder, path: '/same', readOnly: true },
    ];
    expect(volumeWords({ mounts, tmpfs, sharedMemoryMb: 128 })).toEqual([
      ...['--volume', `${folder}:/data`, '--volume', `${folder}:/same:ro`],
      ...['--tmpfs', '/tmp:size=64m', '--shm-size', '128m'],
    ]);
    expect(statSync(folder).mode & 0o777).toBe(0o777);
    expect(readFileSync(join(root, '.batch-jobs/.gitignore'), 'utf8')).toBe('*\n');
    expect(existsSync(join(root, '.gitignore'))).toBe(false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  expect(volumeWords({})).toEqual([]);
});

it('the output says where files are, and that a plain process has no volumes', () => {
  const mounts = localMounts(volumes, 'reports', () => 'models');
  expect(volumeNotes({ mounts, tmpfs }, false)).toEqual([
    '/data is the folder .batch-jobs/reports/volumes/models/shared',
  ]);
  expect(volumeNotes({ mounts, tmpfs, sharedMemoryMb: 5 }, true)).toEqual([
    "A plain process has no volumes: it sees this machine's own /data, /tmp, /dev/shm",
  ]);
  expect(volumeNotes({}, true)).toEqual([]);
});
