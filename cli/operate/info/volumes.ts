/** A volume of a deployed job. */
export interface VolumeFacts {
  /** In the container. */
  readonly path: string;
  readonly type: 'efs' | 'tmpfs' | 'shared memory';
  /** Of EFS only, as are the two below. */
  readonly fileSystemId?: string;
  readonly accessPointId?: string;
  readonly readOnly?: boolean;
  /** In MiB. Not of EFS. */
  readonly sizeMb?: number;
}

/** The volumes in the container properties of AWS or of Terraform JSON, which have the same names. */
export interface MountingContainer {
  readonly volumes?: readonly {
    readonly name?: string;
    readonly efsVolumeConfiguration?: {
      readonly fileSystemId?: string;
      readonly authorizationConfig?: { readonly accessPointId?: string };
    };
  }[];
  readonly mountPoints?: readonly {
    readonly sourceVolume?: string;
    readonly containerPath?: string;
    readonly readOnly?: boolean;
  }[];
  readonly linuxParameters?: {
    readonly sharedMemorySize?: number;
    readonly tmpfs?: readonly { readonly containerPath?: string; readonly size?: number }[];
  };
}

/** The volumes of a container, by their paths. Those of other kinds, which only an override can add, are left out. */
export function volumesOf({ volumes = [], mountPoints = [], linuxParameters }: MountingContainer): VolumeFacts[] {
  const { tmpfs = [], sharedMemorySize } = linuxParameters ?? {};
  const found = [
    ...mountPoints.flatMap(({ sourceVolume, containerPath: path = '', readOnly = false }): VolumeFacts[] => {
      const efs = volumes.find(({ name }) => name === sourceVolume)?.efsVolumeConfiguration;
      if (efs === undefined) return [];
      const { fileSystemId, authorizationConfig } = efs;
      return [{ path, type: 'efs', fileSystemId, accessPointId: authorizationConfig?.accessPointId, readOnly }];
    }),
    ...tmpfs.map(({ containerPath: path = '', size }): VolumeFacts => ({ path, type: 'tmpfs', sizeMb: size })),
    ...(sharedMemorySize === undefined
      ? []
      : [{ path: '/dev/shm', type: 'shared memory', sizeMb: sharedMemorySize } as const]),
  ];
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** `EFS fs-0123 by fsap-0456, read-only` or `tmpfs, 64 MiB`. */
export function volumeText({ type, fileSystemId, accessPointId, readOnly, sizeMb }: VolumeFacts): string {
  if (type !== 'efs') return `${type}, ${sizeMb} MiB`;
  const by = accessPointId === undefined ? '' : ` by ${accessPointId}`;
  return `EFS ${fileSystemId}${by}${readOnly ? ', read-only' : ''}`;
}
