import type { ITerraformDependable } from 'cdktf';
import type { ReachedService } from '../rules/endpoint-services';
import type { Network } from './network';

/** A network that is created when something in it is: a stack without instances, databases and load balancers has none. */
export class NetworkOnDemand implements Network {
  private created?: Network;

  constructor(private readonly create: () => Network) {}

  /** The network itself. Undefined as long as nothing is in it. */
  get existing(): Network | undefined {
    return this.created;
  }

  get vpcId(): string {
    return this.network.vpcId;
  }

  get subnetIds(): string[] {
    return this.network.subnetIds;
  }

  get securityGroupIds(): string[] {
    return this.network.securityGroupIds;
  }

  get keepsSecurityGroups(): boolean | undefined {
    return this.network.keepsSecurityGroups;
  }

  get publicSubnetIds(): string[] | undefined {
    return this.network.publicSubnetIds;
  }

  get internetRoute(): ITerraformDependable | undefined {
    return this.network.internetRoute;
  }

  subnetIdByZone(): string | undefined {
    return this.network.subnetIdByZone?.();
  }

  isolatedSubnetIds(): string[] {
    return this.network.isolatedSubnetIds?.() ?? this.network.subnetIds;
  }

  endpointOf(service: ReachedService): ITerraformDependable | undefined {
    return this.network.endpointOf?.(service);
  }

  private get network(): Network {
    this.created ??= this.create();
    return this.created;
  }
}
