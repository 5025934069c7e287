import { stackConfigParts } from '../../modules/config/stacktape-stack-config';

function fixes(section: { [member: string]: unknown }, top: { [property: string]: unknown } = {}): string[] {
  return stackConfigParts(section, top).findings.map(({ path, finding }) => `${path.join('.')}: ${finding.fix}`);
}

it('says what an empty one gives: nothing', () => {
  expect(stackConfigParts({}, {})).toEqual({ properties: {}, moved: [], findings: [] });
});

it.each<[member: string, value: unknown, fix: string]>([
  [
    'vpc',
    { reuseVpc: { vpcId: 'vpc-12' } },
    'remove it, and write vpc: { vpcId: "vpc-12", subnetIds: ["<id of a subnet>"] } at the top of the config',
  ],
  [
    'vpc',
    { reuseVpc: { projectName: 'harvest', stage: 'late' }, nat: { availabilityZones: 1 } },
    'remove it, and write vpc: { vpcId: "<id of the VPC>", subnetIds: ["<id of a subnet>"] } at the top of the config',
  ],
  [
    'vpc',
    { nat: { availabilityZones: 1 } },
    'remove it. If jobs are to be in private subnets with a NAT gateway, write vpc: { privateSubnets: true } at the top of the config',
  ],
  [
    'disableStackInfoSaving',
    true,
    'remove it: no file is written after a deployment. terraform output -json prints the outputs',
  ],
  [
    'stackInfoDirectory',
    'info',
    'remove it: no file is written after a deployment. terraform output -json prints the outputs',
  ],
  [
    'stageType',
    'production',
    'remove it: stages differ only in what the config says. In TypeScript, it gets the stage',
  ],
  [
    'tracing',
    { enabled: true },
    'remove it: not part of this project. For a function, write overrides: { Function: { tracing_config: { mode: "Active" } } }, ' +
      'and allow xray:PutTraceSegments and xray:PutTelemetryRecords in its iamRoleStatements',
  ],
  ['disableIssues', true, "remove it: it is about Stacktape's console. batch-jobs runs lists failed runs"],
  ['output', [], 'did you mean "outputs"?'],
  ['budget', 5, 'remove it'],
])('refuses %s: %j, and says what to do', (member, value, fix) => {
  expect(fixes({ [member]: value })).toEqual([`stackConfig.${member}: ${fix}`]);
});

it('refuses what the config has at its top, too', () => {
  const section = { tags: [{ name: 'a', value: 'x' }], outputs: [{ name: 'b', value: 'y' }] };
  expect(fixes(section, { tags: {}, outputs: [] })).toEqual([
    'stackConfig.tags: move its entries to tags at the top',
    'stackConfig.outputs: move its entries to outputs at the top',
  ]);
  expect(stackConfigParts(section, { tags: {}, outputs: [] })).toMatchObject({ properties: {}, moved: [] });
});

describe('export', () => {
  const output = { name: 'a', value: 'x' };

  it.each([
    [{ type: 's3', bucket: 'states' }, 'terraform_remote_state'],
    [{ type: 'cloud', organization: 'acme' }, 'tfe_outputs'],
    [undefined, 'terraform_remote_state'],
  ])('is left out, and with the backend %j a hint names %s', (backend, source) => {
    const { properties, exportHint } = stackConfigParts({ outputs: [{ ...output, export: true }] }, { backend });
    expect(properties).toEqual({ outputs: [output] });
    expect(exportHint).toBe(`export has no effect: other stacks can read every output with the data source ${source}`);
  });

  it('without effect in Stacktape has no hint', () => {
    const parts = stackConfigParts({ outputs: [{ ...output, export: false }] }, {});
    expect(parts).toMatchObject({ properties: { outputs: [output] } });
    expect(parts).not.toHaveProperty('exportHint');
  });

  it.each([[[{ ...output, export: 'yes' }, 'no output']], ['no list']])(
    'of another form stays, to be refused: %j',
    (outputs) => {
      expect(stackConfigParts({ outputs }, {}).properties).toEqual({ outputs });
    },
  );
});
