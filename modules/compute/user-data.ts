import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** EC2's limit on user data, in bytes before base64. */
const MAX_USER_DATA_BYTES = 16 * 1024;

/** Fixed, so that the same version of this library always generates the same bytes. */
const BOUNDARY = '==batch-job-hosts==';

/**
 * The user data of the instances that run the jobs: settings of the ECS agent, and the Spot watcher as a systemd service (which ends at
 * once on an on-demand instance). AWS Batch accepts a launch template's user data only as a MIME multipart document, because it adds a
 * part that registers the instance with its cluster.
 *
 * @param watcher the Spot watcher's script: ASCII that ends with a newline
 * @default watcher - `spot-watcher.sh`, in the folder of this module
 * @throws Error if the document is over 16 KB before base64, EC2's limit
 * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 */
export function userData(watcher: string = readFileSync(join(__dirname, 'spot-watcher.sh'), 'utf8')): string {
  const document = [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    '',
    installScript(watcher),
    `--${BOUNDARY}--`,
    '',
  ].join('\n');
  const bytes = Buffer.byteLength(document);
  if (bytes > MAX_USER_DATA_BYTES) {
    throw new Error(
      `The instances' user data is ${bytes} bytes, but EC2 takes at most ${MAX_USER_DATA_BYTES}: shorten the Spot watcher.`,
    );
  }
  return document;
}

/**
 * {@link userData} as base64 for a launch template's `user_data`. Needs no escaping for Terraform.
 *
 * @throws Error if the document is over EC2's limit
 */
export function userDataBase64(): string {
  return Buffer.from(userData()).toString('base64');
}

/**
 * Runs once, at an instance's first boot, before the ECS agent starts. The part of AWS Batch also writes to `ecs.config`, in an
 * undocumented order, so this part only appends. `--no-block`, because the service waits for Docker, which waits for this script to end.
 */
function installScript(watcher: string): string {
  return `#!/bin/bash
cat >>/etc/ecs/ecs.config <<'ECS_CONFIG'
${ECS_CONFIG}ECS_CONFIG
cat >/usr/local/bin/spot-watcher <<'SPOT_WATCHER'
${watcher}SPOT_WATCHER
chmod 755 /usr/local/bin/spot-watcher
cat >/etc/systemd/system/spot-watcher.service <<'SPOT_WATCHER_SERVICE'
${SPOT_WATCHER_SERVICE}SPOT_WATCHER_SERVICE
systemctl enable --now --no-block spot-watcher.service
`;
}

/** Seconds of a container between SIGTERM and SIGKILL: the time that a Spot interruption notice leaves. The ECS agent's default is 30. */
export const CONTAINER_STOP_SECONDS = 120;

/**
 * With draining, a job that ended on SIGTERM isn't restarted on the host that is about to be terminated. The override lets `awslogs` use a
 * job's execution role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
const ECS_CONFIG = `ECS_ENABLE_SPOT_INSTANCE_DRAINING=true
ECS_CONTAINER_STOP_TIMEOUT=${CONTAINER_STOP_SECONDS}s
ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true
`;

/** Restarted only on failure: on an on-demand instance the watcher ends at once, successfully. */
const SPOT_WATCHER_SERVICE = `[Unit]
Description=Sends SIGTERM to job containers on a Spot interruption notice
After=docker.service

[Service]
ExecStart=/usr/local/bin/spot-watcher
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
