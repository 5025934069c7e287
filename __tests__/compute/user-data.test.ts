import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userData, userDataBase64 } from '../../modules/compute/user-data';

const watcher = readFileSync(join(__dirname, '../../modules/compute/spot-watcher.sh'), 'utf8');

interface Part {
  readonly headers: Map<string, string>;
  readonly body: string;
}

/** Reads headers up to the first blank line (RFC 822), the rest being the body. */
function readPart(text: string): Part {
  const end = text.indexOf('\n\n');
  const headers = text
    .slice(0, end)
    .split('\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    });
  return { headers: new Map(headers), body: text.slice(end + 2) };
}

/** Reads a multipart document (RFC 2046): the newline before a boundary belongs to the boundary. */
function readMultipart(text: string): { headers: Map<string, string>; parts: Part[] } {
  const { headers, body } = readPart(text);
  const boundary = /^multipart\/mixed; boundary="([^"]+)"$/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) throw new Error(`no boundary in ${text.slice(0, 200)}`);
  const [preamble, ...rest] = `\n${body}`.split(`\n--${boundary}`);
  const epilogue = rest.pop();
  if (preamble !== '' || epilogue !== '--\n') throw new Error(`text outside of the parts: ${preamble}, ${epilogue}`);
  return { headers, parts: rest.map((part) => readPart(part.replace(/^\n/, ''))) };
}

function onlyPart(document: string): Part {
  const { parts } = readMultipart(document);
  const [part] = parts;
  if (part === undefined || parts.length !== 1) throw new Error(`${parts.length} parts`);
  return part;
}

const bash = spawnSync('bash', ['-c', ':']).status === 0;

describe('userData', () => {
  it('sets the pull behavior only if asked, among the settings of the agent', () => {
    const settings = (pullOnce?: boolean) =>
      /<<'ECS_CONFIG'\n(.*?)\nECS_CONFIG\n/s.exec(userData({ pullOnce }))?.[1]?.split('\n');
    expect(settings()).toHaveLength(3);
    expect(settings(true)).toEqual([...(settings() ?? []), 'ECS_IMAGE_PULL_BEHAVIOR=once']);
  });

  it('is the MIME multipart document that Batch merges with its own, of one shell script', () => {
    const { headers, parts } = readMultipart(userData());
    expect(headers.get('mime-version')).toBe('1.0');
    expect(parts.map((part) => [...part.headers])).toEqual([
      [['content-type', 'text/x-shellscript; charset="us-ascii"']],
    ]);
    // cloud-init runs a part by its first line.
    expect(parts[0]?.body).toMatch(/^#!\/bin\/bash\n/);
    expect(parts[0]?.body).toMatch(/\n$/);
  });

  it('is plain ASCII with Unix line ends, as its headers say', () => {
    expect(userData()).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('is the same at each call, and in base64', () => {
    expect(userData()).toBe(userData());
    expect(Buffer.from(userDataBase64(), 'base64').toString()).toBe(userData());
  });

  it('leaves Batch most of the 16 KB that EC2 takes', () => {
    expect(userData().length).toBeLessThan(8 * 1024);
  });

  it.each([
    ['#!/bin/sh\necho "${HOME}" %{x}\n', 'text/x-shellscript'],
    ['#cloud-config\npackages: [jq]\n', 'text/cloud-config'],
    ['#cloud-boothook\n#!/bin/sh\n', 'text/cloud-boothook'],
  ])('adds a part after its own, by the beginning of the text: %j', (added, type) => {
    const { parts } = readMultipart(userData({ added }));
    const [own] = readMultipart(userData()).parts;
    expect(parts).toHaveLength(2);
    expect(parts[0]?.body).toBe(own?.body);
    expect(parts[1]?.headers.get('content-type')).toBe(`${type}; charset="us-ascii"`);
    expect(parts[1]?.body).toBe(added);
  });

  it('ends the last line of what is added', () => {
    expect(userData({ added: '#!/bin/sh' })).toBe(userData({ added: '#!/bin/sh\n' }));
  });

  it('takes 16,384 bytes and not one more', () => {
    const room = 16_384 - userData({ watcher: '' }).length;
    expect(userData({ watcher: `${'x'.repeat(room - 1)}\n` })).toHaveLength(16_384);
    expect(() => userData({ watcher: `${'x'.repeat(room)}\n` })).toThrow(
      "The instances' user data is 16385 bytes, but EC2 takes at most 16384: shorten the Spot watcher.",
    );
  });
});

(bash ? describe : describe.skip)('the install script, run by bash in a folder of its own', () => {
  let root: string;
  const at = (path: string) => readFileSync(join(root, path), 'utf8');

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'user-data-'));
    for (const folder of ['etc/ecs', 'etc/systemd/system', 'usr/local/bin', 'bin']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, 'etc/ecs/ecs.config'), 'ECS_CLUSTER=of-batch\n');
    writeFileSync(join(root, 'bin/systemctl'), `#!/usr/bin/env bash\necho "$@" >>'${root}/systemctl.log'\n`);
    chmodSync(join(root, 'bin/systemctl'), 0o755);

    const script = onlyPart(userData()).body;
    const moved = script.replaceAll(/(cat >+|chmod 755 )\//g, `$1${root}/`);
    expect(moved.split(root)).toHaveLength(5);
    execFileSync('bash', ['-eu'], {
      input: moved,
      env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` },
    });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('appends to the ECS agent settings, so that those of Batch stay', () => {
    expect(at('etc/ecs/ecs.config').split('\n')).toEqual([
      'ECS_CLUSTER=of-batch',
      'ECS_ENABLE_SPOT_INSTANCE_DRAINING=true',
      'ECS_CONTAINER_STOP_TIMEOUT=120s',
      'ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true',
      '',
    ]);
  });

  it('installs the watcher byte for byte, executable', () => {
    expect(at('usr/local/bin/spot-watcher')).toBe(watcher);
    expect(statSync(join(root, 'usr/local/bin/spot-watcher')).mode & 0o777).toBe(0o755);
  });

  it('installs a service that is restarted when it fails, not when it ends on an on-demand instance', () => {
    const lines = at('etc/systemd/system/spot-watcher.service').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '[Unit]',
        'After=docker.service',
        '[Service]',
        'ExecStart=/usr/local/bin/spot-watcher',
        'Restart=on-failure',
        'RestartSec=5',
        '[Install]',
        'WantedBy=multi-user.target',
      ]),
    );
  });

  it('starts the service without waiting for it, for it waits for Docker, which waits for this script', () => {
    expect(at('systemctl.log')).toBe('enable --now --no-block spot-watcher.service\n');
  });
});
