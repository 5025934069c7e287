import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AwsContext } from './aws-context';
import { Capacity } from './compute/capacity';
import { DefaultVpc } from './network/default-vpc';
import type { Network } from './network/network';
import { TriggerCode } from './orchestration/trigger-code';
import { UndeliveredEvents } from './orchestration/undelivered-events';

export interface BatchPlatformProps {
  /** Beginning of every physical name: letters, digits and hyphens. @default the id of the Terraform stack */
  readonly stackName?: string;
  /** Where instances stand. @default a VPC of the platform's own, see DefaultVpc */
  readonly network?: Network;
  /** Most vCPUs of each compute environment. @default 256 */
  readonly maxVcpus?: number;
  /** Size of each instance's root volume in GiB. @default 100 */
  readonly rootVolumeGb?: number;
  /** Tags of instances and volumes, which do not get the provider's default tags. @default none */
  readonly tags?: { readonly [key: string]: string };
}

/** Limits of the instances where nothing else is said. */
export const COMPUTE_DEFAULTS = { maxVcpus: 256, rootVolumeGb: 100 } as const;

const SHARED_ID = 'batch-platform';

/** What the batch jobs of a Terraform stack share: network, capacity, the trigger's code, and the queue of undelivered events. */
export class BatchPlatform extends Construct {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly network: Network;
  readonly capacity: Capacity;
  readonly triggerCode: TriggerCode;
  readonly undeliveredEvents: UndeliveredEvents;

  constructor(scope: Construct, id: string, props: BatchPlatformProps = {}) {
    super(scope, id);
    const { stackName = TerraformStack.of(this).node.id, tags = {} } = props;
    const { maxVcpus = COMPUTE_DEFAULTS.maxVcpus, rootVolumeGb = COMPUTE_DEFAULTS.rootVolumeGb } = props;
    this.stackName = stackName;
    this.aws = new AwsContext(this, 'aws');
    this.network = props.network ?? new DefaultVpc(this, 'network', { stackName });
    const { aws, network } = this;
    this.capacity = new Capacity(this, 'capacity', { stackName, aws, network, maxVcpus, rootVolumeGb, tags });
    this.triggerCode = new TriggerCode(this, 'trigger-code');
    this.undeliveredEvents = new UndeliveredEvents(this, 'undelivered-events', { stackName, aws });
  }

  /** The platform that jobs of a Terraform stack use when none is given; made with its defaults at the first call. */
  static of(scope: Construct): BatchPlatform {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(SHARED_ID);
    return existing instanceof BatchPlatform ? existing : new BatchPlatform(stack, SHARED_ID);
  }
}
