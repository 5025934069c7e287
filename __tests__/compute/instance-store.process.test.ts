import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = readFileSync(join(__dirname, '../../modules/compute/instance-store.sh'), 'utf8');
const EBS = '/dev/nvme0n1 Amazon Elastic Block Store              ';
const STORE = (number: number) => `/dev/nvme${number}n1 Amazon EC2 NVMe Instance Storage        `;

interface Machine {
  readonly disks: readonly string[];
  readonly docker?: boolean;
  /** Programs that fail. */
  readonly broken?: readonly string[];
}

/** The commands that the script runs on a machine, by programs that only write their words down. */
function commandsOn({ disks, docker = false, broken = [] }: Machine): string[] {
  const root = mkdtempSync(join(tmpdir(), 'instance-store-'));
  try {
    const log = join(root, 'log');
    writeFileSync(log, '');
    const program = (name: string, body: string) => {
      writeFileSync(join(root, name), `#!/bin/bash\n${body}\n`);
      chmodSync(join(root, name), 0o755);
    };
    program('lsblk', `cat <<'DISKS'\n${disks.join('\n')}\nDISKS`);
    for (const name of ['mdadm', 'mkfs.xfs', 'mount'])
      program(name, `echo "${name} $*" >>'${log}'; exit ${broken.includes(name) ? 1 : 0}`);
    program('systemctl', `[ "$1" = is-active ] && exit ${docker ? 0 : 3}; echo "systemctl $*" >>'${log}'`);
    program('mkdir', 'exit 0');
    mkdirSync(join(root, 'folder'));
    execFileSync('bash', ['-u'], {
      input: SCRIPT,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: `${root}:${process.env.PATH}` },
    });
    return readFileSync(log, 'utf8').split('\n').filter(Boolean);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the script for the instance store', () => {
  it("puts Docker's folder on one disk as it is, before Docker starts", () => {
    expect(commandsOn({ disks: [EBS, STORE(1)] })).toEqual([
      'mkfs.xfs -f -K /dev/nvme1n1',
      'mount -o noatime /dev/nvme1n1 /var/lib/docker',
    ]);
  });

  it('joins several disks by RAID 0', () => {
    expect(commandsOn({ disks: [EBS, STORE(1), STORE(2)] })).toEqual([
      'mdadm --create /dev/md0 --run --level=0 --raid-devices=2 /dev/nvme1n1 /dev/nvme2n1',
      'mkfs.xfs -f -K /dev/md0',
      'mount -o noatime /dev/md0 /var/lib/docker',
    ]);
  });

  it('stops Docker if it runs already, and starts it again without waiting', () => {
    expect(commandsOn({ disks: [STORE(1)], docker: true })).toEqual([
      'mkfs.xfs -f -K /dev/nvme1n1',
      'systemctl stop ecs docker docker.socket',
      'mount -o noatime /dev/nvme1n1 /var/lib/docker',
      'systemctl start --no-block docker ecs',
    ]);
  });

  it('leaves the root volume in use if there is no disk, or a step fails', () => {
    expect(commandsOn({ disks: [EBS] })).toEqual([]);
    expect(commandsOn({ disks: [STORE(1)], broken: ['mkfs.xfs'] })).toEqual(['mkfs.xfs -f -K /dev/nvme1n1']);
    expect(commandsOn({ disks: [STORE(1), STORE(2)], broken: ['mdadm'] })).toHaveLength(1);
  });
});
