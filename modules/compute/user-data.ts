import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCount } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import {
  BATCH_USER_DATA_BYTES,
  MAX_USER_DATA_BYTES,
  USER_DATA_BOUNDARY,
  USER_DATA_TYPES,
} from '../rules/instance-launch';

/** What is in the user data, except for the ECS settings and the Spot watcher. */
export interface UserDataOptions {
  /** Part that a config adds, in a form of `USER_DATA_TYPES`. @default none */
  readonly added?: string;
  /** Whether a container starts from an image that the instance already has, without a request to its registry. @default false */
  readonly pullOnce?: boolean;
  /** Whether Docker keeps images and containers' files on the instance store. @default false */
  readonly instanceStore?: boolean;
  /** The Spot watcher's script: ASCII that ends with a newline. @default `spot-watcher.sh`, in the folder of this module */
  readonly watcher?: string;
}

/** A script in the folder of this module. */
function script(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

/**
 * The user data of the instances that run the jobs: settings of the ECS agent, and the Spot watcher as a systemd service (which ends at
 * once on an on-demand instance). AWS Batch accepts a launch template's user data only as a MIME multipart document, because it adds a
 * part that registers the instance with its cluster. The part of a config follows ours.
 *
 * @throws Error if the document is over 16 KB before base64, EC2's limit
 * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 */
export function userData(options: UserDataOptions = {}): string {
  const document = written(options);
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
export function userDataBase64(options: UserDataOptions = {}): string {
  return Buffer.from(userData(options)).toString('base64');
}

/** The problem with the part that a config adds, if EC2 would refuse it together with ours and that of AWS Batch. */
export function userDataProblem(options: UserDataOptions & { readonly added: string }): Finding | undefined {
  const { added } = options;
  // Whether images can change is known later.
  const total = Buffer.byteLength(written({ ...options, pullOnce: true }));
  const excess = total + BATCH_USER_DATA_BYTES - MAX_USER_DATA_BYTES;
  if (excess <= 0) return undefined;
  const most = Buffer.byteLength(added) - excess;
  return {
    code: 'aws-limit',
    found: `${formatCount(Buffer.byteLength(added))} bytes`,
    accepted: `at most ${formatCount(most)} bytes: EC2 accepts ${formatCount(MAX_USER_DATA_BYTES)} together with the parts of this project and of AWS Batch`,
    fix: 'store the script in Amazon S3 or in your machine image, and run it from here',
  };
}

function written({
  added,
  pullOnce = false,
  instanceStore = false,
  watcher = script('spot-watcher.sh'),
}: UserDataOptions): string {
  const parts: [type: string, text: string][] = [
    ['text/x-shellscript', installScript(watcher, { pullOnce, instanceStore })],
  ];
  if (added !== undefined) parts.push([typeOf(added), added.endsWith('\n') ? added : `${added}\n`]);
  return [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${USER_DATA_BOUNDARY}"`,
    '',
    ...parts.flatMap(([type, text]) => [
      `--${USER_DATA_BOUNDARY}`,
      `Content-Type: ${type}; charset="us-ascii"`,
      '',
      text,
    ]),
    `--${USER_DATA_BOUNDARY}--`,
    '',
  ].join('\n');
}

/** Another check has refused other beginnings. */
function typeOf(text: string): string {
  return USER_DATA_TYPES.find(([start]) => text.startsWith(start))?.[1] ?? 'text/x-shellscript';
}

/**
 * Runs once, at an instance's first boot, before the ECS agent starts. The part of AWS Batch also writes to `ecs.config`, in an
 * undocumented order, so this part only appends. `--no-block`, because the service waits for Docker, which waits for this script to end.
 */
function installScript(
  watcher: string,
  { pullOnce, instanceStore }: Pick<UserDataOptions, 'pullOnce' | 'instanceStore'>,
): string {
  return `#!/bin/bash
${instanceStore ? script('instance-store.sh') : ''}cat >>/etc/ecs/ecs.config <<'ECS_CONFIG'
${ECS_CONFIG}${pullOnce ? PULL_ONCE : ''}ECS_CONFIG
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

/**
 * Safe only if no image can change. Unlike `prefer-cached`, it lets the agent remove images that no container has used for a while.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
const PULL_ONCE = `ECS_IMAGE_PULL_BEHAVIOR=once
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
