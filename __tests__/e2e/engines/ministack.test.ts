import { spawn, spawnSync } from 'node:child_process';
import { describeWith } from './availability';
import { emulatorAvailable, startEmulator } from './ministack';
import { until } from './until';

describeWith([emulatorAvailable()], 'startEmulator', () => {
  it('responds on loopback until it is stopped', async () => {
    const emulator = await startEmulator();
    expect(emulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${emulator.endpoint}/_ministack/health`)).status).toBe(200);
    expect(emulator.log()).toContain('Running on http://127.0.0.1:');
    await emulator.stop();
    await expect(fetch(emulator.endpoint)).rejects.toThrow();
  });

  it('keeps connections longer than the 90 seconds of a Go program', () => {
    const program = `import ministack_batch; config = ministack_batch.Config(); config.keep_alive_timeout = 75; print(config.keep_alive_timeout)`;
    const { stdout, stderr } = spawnSync(process.env.PYTHON ?? 'python3', ['-c', program], {
      cwd: __dirname,
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect([Number(stdout) > 90, stderr]).toEqual([true, '']);
  });

  it('carries a request out once, however often it comes', async () => {
    const emulator = await startEmulator();
    const create = async (name: string, id: string) => {
      const document = encodeURIComponent('{"Version":"2012-10-17","Statement":[]}');
      const { status } = await fetch(emulator.endpoint, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${emulator.account}/20261127/eu-west-1/iam/aws4_request`,
          'amz-sdk-invocation-id': id,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `Action=CreateRole&Version=2010-05-08&RoleName=${name}&AssumeRolePolicyDocument=${document}`,
      });
      return status;
    };
    const twice = await Promise.all([create('one', 'a'), create('one', 'a')]);
    expect([...twice, await create('one', 'a'), await create('one', 'b'), await create('one', 'b')]).toEqual([
      200, 200, 200, 409, 409,
    ]);
    await emulator.stop();
  });

  it('says what it logged when it cannot start', async () => {
    await expect(startEmulator({ env: { GATEWAY_PORT: 'no port' } })).rejects.toThrow(
      /ended as it started[\s\S]*no port/,
    );
  });

  it('ends with the process that started it', async () => {
    const program = `
      require('tsx/cjs');
      require(${JSON.stringify(require.resolve('./ministack'))}).startEmulator().then(({ endpoint }) => {
        console.log(endpoint);
        setInterval(() => {}, 1000);
      });`;
    const owner = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const endpoint = await new Promise<string>((resolve) =>
      owner.stdout.once('data', (line) => resolve(`${line}`.trim())),
    );
    expect((await fetch(`${endpoint}/_ministack/health`)).status).toBe(200);
    owner.kill('SIGKILL');
    const isGone = () =>
      fetch(endpoint).then(
        () => false,
        () => true,
      );
    await until(isGone, 'the end of the emulator');
  });
});
