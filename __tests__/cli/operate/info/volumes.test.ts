import { volumesOf, volumeText } from '../../../../cli/operate/info/volumes';

const efs = (more: object = {}) => ({
  volumes: [
    {
      name: 'efs-1',
      efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { accessPointId: 'fsap-1' } },
    },
    { name: 'host', host: { sourcePath: '/x' } },
  ],
  mountPoints: [
    { sourceVolume: 'efs-1', containerPath: '/models', readOnly: true },
    { sourceVolume: 'host', containerPath: '/host' },
  ],
  ...more,
});

it('are those of EFS and those in memory, by their paths', () => {
  const linuxParameters = { sharedMemorySize: 256, tmpfs: [{ containerPath: '/a', size: 64 }] };
  expect(volumesOf(efs({ linuxParameters })).map((volume) => `${volume.path}: ${volumeText(volume)}`)).toEqual([
    '/a: tmpfs, 64 MiB',
    '/dev/shm: shared memory, 256 MiB',
    '/models: EFS fs-1 by fsap-1, read-only',
  ]);
  expect(volumesOf({})).toEqual([]);
});

it('can be without an access point, and writable', () => {
  const volumes = [{ name: 'efs-1', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }];
  const mountPoints = [{ sourceVolume: 'efs-1', containerPath: '/models' }];
  const [volume] = volumesOf({ volumes, mountPoints });
  expect(volume && volumeText(volume)).toBe('EFS fs-1');
});
