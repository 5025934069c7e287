import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { type BuildContext, contextDigest } from '../../modules/container/build-context';
import { DockerBuilder } from '../../modules/container/builder/docker-builder';
import { ImageRepository } from '../../modules/container/builder/repository';
import { textEntry } from '../../modules/container/source-files';
import { AwsContext } from '../../modules/terraform/aws-context';
import { folder, removeFolders } from '../container/folder';
import { AwsApi } from './engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, TerraformError, terraformAvailable, workspace } from './engines/terraform';

const REGION = 'eu-west-1';
const VALUE = 'hush-3f9c1b7e';

/** In place of docker: says which secret and which login it was handed. */
const DOCKER =
  '#!/bin/bash\n[[ $1 == build ]] && { cat > /dev/null; echo "$BUILD_SECRET_TOKEN $BUILD_SECRET_INDEX $(cat "$DOCKER_CONFIG/config.json")" > "$LOG/handed"; echo "step 1 of 1"; exit "${BUILD_STATUS:-0}"; }\n[[ $1 == manifest ]] && exit 1\nexit 0\n';

/** The stack of one image that needs secrets, in a folder. */
function stackOf(outdir: string, secretArn: string): string {
  const context: BuildContext = {
    architecture: 'x86_64',
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: [textEntry('Dockerfile', 'FROM scratch\n')],
    init: true,
    secrets: [
      { name: 'INDEX', reference: "$Parameter('/npm/index')" },
      { name: 'TOKEN', reference: "$Secret('npm.token')" },
    ],
    logins: [{ registry: 'ghcr.io', secretArn }],
  };
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'images');
  new AwsProvider(stack, 'aws', { region: REGION });
  const repository = new ImageRepository(stack, 'repository', { stackName: 'images' });
  new DockerBuilder(stack, 'docker', { aws: new AwsContext(stack, 'context'), repository, region: REGION }).build(
    context,
    contextDigest(context),
  );
  app.synth();
  return join(outdir, 'stacks', 'images');
}

describeWith(
  [terraformAvailable(), emulatorAvailable()],
  'secrets of images that Docker builds, read by real Terraform from ministack',
  () => {
    let emulator: Emulator;
    let outdir: string;
    let secretArn: string;
    const { PATH } = process.env;

    beforeAll(async () => {
      emulator = await startEmulator({ region: REGION });
      const api = new AwsApi(emulator, REGION);
      const secret = (Name: string, SecretString: string) =>
        api.json<{ ARN: string }>('secretsmanager', 'secretsmanager.CreateSecret', { Name, SecretString });
      await secret('npm', JSON.stringify({ token: VALUE }));
      secretArn = (await secret('ghcr', JSON.stringify({ username: 'me', password: VALUE }))).ARN;
      const parameter = { Name: '/npm/index', Value: `${VALUE}-2`, Type: 'SecureString' };
      await api.json('ssm', 'AmazonSSM.PutParameter', parameter);
      outdir = mkdtempSync(join(tmpdir(), 'images-'));
    });

    afterEach(() => {
      process.env.PATH = PATH;
      delete process.env.LOG;
      delete process.env.BUILD_STATUS;
    });

    afterAll(async () => {
      await emulator?.stop();
      rmSync(outdir, { recursive: true, force: true });
      removeFolders();
    });

    it('reach the build and are in neither plan nor state, and the log of a failed build is shown', async () => {
      const log = folder({});
      Object.assign(process.env, { PATH: `${folder({ 'docker*': DOCKER })}:${PATH}`, LOG: log, BUILD_STATUS: '1' });
      const copy = workspace(stackOf(outdir, secretArn), { emulator });
      try {
        const failure: unknown = await copy.apply().catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(TerraformError);
        expect(String(failure)).toContain('step 1 of 1');
        expect(String(failure)).not.toContain(VALUE);

        process.env.BUILD_STATUS = '0';
        const plan = await copy.planJson();
        await copy.applySavedPlan();
        const auth = Buffer.from(`me:${VALUE}`).toString('base64');
        expect(readFileSync(join(log, 'handed'), 'utf8')).toBe(
          `${VALUE} ${VALUE}-2 {"auths":{"ghcr.io":{"auth":"${auth}"}}}\n`,
        );
        const state = readFileSync(join(copy.dir, 'terraform.tfstate'), 'utf8');
        expect(state).toContain('terraform_data');
        for (const text of [state, JSON.stringify(plan)]) {
          expect(text).not.toContain(VALUE);
          expect(text).not.toContain(auth);
        }
      } finally {
        copy.dispose();
      }
    });
  },
);
