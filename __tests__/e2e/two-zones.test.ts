import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

const ZONES = /element\(data\.aws_availability_zones\.[\w-]+\.names, (\d)\)/g;

/** Ids of the subnets that a load balancer of the stack's own VPC gets in a region with some zones, and the zone of each. */
async function loadBalancerZones(zones: readonly string[]): Promise<unknown[]> {
  const stack = synthesize({
    stackName: 'zones',
    region: 'us-west-1',
    resources: { web: { type: 'application-load-balancer' } },
  });
  const file = join(stack.dir, 'cdk.tf.json');
  // A mocked apply has three zones in any region.
  const text = readFileSync(file, 'utf8').replace(ZONES, (_, index) =>
    JSON.stringify(`element(${JSON.stringify(zones)}, ${index})`).slice(1, -1),
  );
  writeFileSync(file, text);
  const copy = workspace(stack.dir);
  try {
    const resources = [...(await copy.mockApply()).resources.values()];
    const subnets = resources.filter(({ type }) => type === 'aws_subnet');
    const balancer = resources.find(({ type }) => type === 'aws_lb');
    const { subnets: ids = [] } = (balancer?.values ?? {}) as { readonly subnets?: readonly string[] };
    return ids.map((id) => subnets.find(({ values }) => values.id === id)?.values.availability_zone);
  } finally {
    copy.dispose();
    stack.dispose();
  }
}

describeWith([terraformAvailable()], "a load balancer in the stack's own VPC", () => {
  it.each([[['us-west-1a', 'us-west-1c']], [['us-west-1a', 'us-west-1b', 'us-west-1c']]])(
    'has one subnet in each of the zones %j',
    async (zones) => {
      expect((await loadBalancerZones(zones)).sort()).toEqual(zones);
    },
  );
});
