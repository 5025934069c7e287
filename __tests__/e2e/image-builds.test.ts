import { AwsClient } from 'aws4fetch';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { folder, removeFolders } from '../container/folder';
import { AwsApi } from './engines/aws-api';
import { unexplainedChanges } from './engines/emulator-gaps';
import { builtTag, pushImage } from './engines/image-push';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { type AppliedStack, describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const REGION = 'eu-west-1';

function config(): BatchJobsConfig {
  const packaging = {
    type: 'custom-dockerfile',
    properties: { buildContextPath: folder({ Dockerfile: 'FROM scratch\n' }) },
  } as const;
  const job = { container: { packaging }, resources: { cpu: 1, memory: 1024 } };
  return { stackName: 'images', region: REGION, resources: { job: { type: 'batch-job', properties: job } } };
}

/**
 * The stack of one image, applied by the real provider to ministack, whose CloudFormation asks the deployed function and waits for its
 * response. Without Docker, its CodeBuild builds nothing and reports no error: the image is put into the repository during the apply, and
 * for a build, the test shows only that it is requested.
 */
describeWith(
  [terraformAvailable(), emulatorAvailable()],
  "images, with ministack's CloudFormation, ECR and CodeBuild",
  () => {
    let emulator: Emulator;
    let synthesized: SynthesizedStack;
    let copy: Workspace;
    let api: AwsApi;
    let applied: AppliedStack;
    let digest: string;

    beforeAll(async () => {
      emulator = await startEmulator({ region: REGION });
      api = new AwsApi(emulator, REGION);
      synthesized = synthesize(config());
      copy = workspace(synthesized.dir, { emulator });
      digest = builtTag(synthesized.document.resource);
      [applied] = await Promise.all([copy.apply(), pushImage(api, 'images-jobs', digest)]);
    });

    afterAll(async () => {
      copy?.dispose();
      synthesized?.dispose();
      await emulator?.stop();
      removeFolders();
    });

    const values = (type: string, name = '') =>
      [...applied.resources.values()].find((resource) => resource.type === type && resource.name.includes(name))
        ?.values ?? {};

    it('the apply ends when the function has answered, and the job gets the image of the repository', () => {
      const { image } = JSON.parse(String(values('aws_batch_job_definition').container_properties));
      expect(image).toBe(`${values('aws_ecr_repository', 'repository').repository_url}:${digest}`);
    });

    it('shows no change when it is planned again', async () => {
      expect(unexplainedChanges(await copy.planJson())).toEqual([]);
    });

    it('a build is asked for where the tag is not there', async () => {
      const builds = () =>
        api.json<{ ids: string[] }>('codebuild', 'CodeBuild_20161006.ListBuildsForProject', {
          projectName: 'images-images-x86-64',
        });
      expect((await builds()).ids).toEqual([]);
      const request = {
        RequestType: 'Create',
        ResponseURL: 'http://127.0.0.1:9/',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Imageother',
        ResourceProperties: {
          ProjectName: 'images-images-x86-64',
          RepositoryName: 'images-jobs',
          Tag: 'other',
          Image: 'x',
          ContextUri: 's3://x/y',
          Buildspec: '{}',
        },
      };
      const lambda = new AwsClient({ ...emulator.credentials, service: 'lambda', region: REGION });
      const address = `${emulator.endpoint}/2015-03-31/functions/images-image-builder/invocations`;
      const answer = await lambda.fetch(address, { method: 'POST', body: JSON.stringify(request) });
      expect([answer.status, await answer.text()]).toEqual([200, 'null']);
      expect((await builds()).ids).toHaveLength(1);
    });
  },
);
