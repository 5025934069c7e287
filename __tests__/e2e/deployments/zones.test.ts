import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deployment, deploy } from '../engines/deployment';
import { emulatorAvailable } from '../engines/ministack';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

interface Document {
  readonly data: { readonly aws_availability_zones: { readonly [id: string]: { exclude_names?: string[] } } };
  readonly resource: { readonly aws_subnet: { readonly [id: string]: { lifecycle?: object } } };
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a region that loses a zone', () => {
  let deployment: Deployment;
  let synthesized: SynthesizedStack;

  beforeAll(async () => {
    synthesized = synthesize({
      stackName: 'zones',
      region: 'eu-west-1',
      vpc: { privateSubnets: true },
      // Without jobs, a stack has no subnets.
      resources: {
        report: {
          type: 'batch-job',
          properties: {
            container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
            resources: { cpu: 1, memory: 512 },
          },
        },
      },
    });
    deployment = await deploy(synthesized.dir);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  /** What becomes of subnets if the list of zones begins with another one. */
  async function actions(edit: (document: Document) => void = () => undefined): Promise<ReadonlySet<string>> {
    const file = join(synthesized.dir, 'cdk.tf.json');
    const document: Document = JSON.parse(readFileSync(file, 'utf8'));
    for (const zones of Object.values(document.data.aws_availability_zones)) zones.exclude_names = ['eu-west-1a'];
    edit(document);
    writeFileSync(file, JSON.stringify(document));
    const { resource_changes = [] } = await deployment.copy.planOf(synthesized.dir);
    const subnets = resource_changes.filter(({ type }) => type === 'aws_subnet');
    expect(subnets).toHaveLength(6);
    return new Set(subnets.map(({ change }) => String(change.actions)));
  }

  it('leaves every subnet where it is', async () => {
    expect([...(await actions())]).toEqual(['no-op']);
  });

  it('would replace them if they did not keep their zone', async () => {
    const seen = await actions(({ resource }) => {
      for (const subnet of Object.values(resource.aws_subnet)) delete subnet.lifecycle;
    });
    // Those of the instances in the order of their compute environment.
    expect([...seen].sort()).toEqual(['create,delete', 'delete,create']);
  });
});
