import { userDataProblem } from '../compute/user-data';
import { connectedName } from '../config/connect-to';
import { type IndexedConfig, jobs, listOf, objectOf, type Written } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { referableOf } from '../resources/referables';
import { MAX_SECURITY_GROUPS } from '../rules/instance-launch';

function computeOf(index: IndexedConfig): Written {
  return index.section('compute');
}

const shortUserData = rule('aws-limit', computeOf, function* ({ userData }, index) {
  const instanceStore = index.jobs.some(({ properties }) => objectOf(properties.resources).useInstanceStore === true);
  const finding = typeof userData === 'string' ? userDataProblem({ added: userData, instanceStore }) : undefined;
  if (finding !== undefined) yield { path: ['compute', 'userData'], finding };
});

/** A security group belongs to one VPC, and the stack's own is known to nobody before it exists. */
const groupsOfVpc = rule('conflict', computeOf, function* ({ securityGroupIds }, index) {
  if (!Array.isArray(securityGroupIds)) return;
  const path = ['compute', 'securityGroupIds'];
  if (index.section('vpc').vpcId === undefined) {
    const found = 'securityGroupIds without vpc.vpcId';
    const accepted = 'groups of an existing VPC, in which the instances are';
    yield { path, finding: { found, accepted, fix: 'set vpc.vpcId and vpc.subnetIds to the VPC of these groups' } };
  }
  const use = useOfNetwork(index);
  if (securityGroupIds.length === MAX_SECURITY_GROUPS && use !== undefined) {
    const found = `${MAX_SECURITY_GROUPS} groups, and jobs that ${use}, for which the stack adds one`;
    const accepted = `at most ${MAX_SECURITY_GROUPS - 1} groups`;
    yield {
      path,
      finding: { code: 'aws-limit', found, accepted, fix: 'combine the rules of two of them in one group' },
    };
  }
});

/** What jobs do for which the stack adds a security group. */
function useOfNetwork({ jobs: all, resources }: IndexedConfig): string | undefined {
  const connected = all
    .flatMap(({ properties }) => listOf(properties.connectTo))
    .some((entry) => {
      const resource = resources.get(String(connectedName(entry)));
      return referableOf(resource?.type)?.isNetworked?.(resource?.properties ?? {}, undefined) === true;
    });
  if (connected) return 'connect to databases';
  const volumes = all.flatMap(({ properties }) => listOf(properties.volumes));
  return volumes.some((volume) => objectOf(volume).type === 'efs') ? 'mount file systems' : undefined;
}

/** An image is for one processor architecture, and GPUs need a driver that others don't have. */
const imageOfKind = rule('conflict', jobs, function* (all, index) {
  const { machineImageId: id } = computeOf(index);
  const kinds = [...new Set(all.map(({ properties }) => kindOf(objectOf(properties.resources))))].sort();
  const path = ['compute', 'machineImageId'];
  if (typeof id === 'string' && kinds.length > 1) {
    const fix = `write an ID for each kind: { ${kinds.map((kind) => `${kind}: 'ami-...'`).join(', ')} }`;
    const found = foundValue(id, `, and jobs that need ${kinds.join(' and ')}`);
    yield { path, finding: { found, accepted: 'one ID for each kind of instance', fix } };
  }
});

function kindOf({ gpu, architecture }: Written): string {
  if (gpu !== undefined) return 'gpu';
  return architecture === 'arm64' ? 'arm64' : 'x86_64';
}

/** What instances start with. */
export const COMPUTE_RULES = [shortUserData, groupsOfVpc, imageOfKind];
