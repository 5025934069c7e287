import { type CheckContext, refuse } from '../../config/checked';
import { companionsOfType } from '../../config/declarations';
import { asObject } from '../../config/referred-resource';

/** Refuses a database in an existing VPC with only one subnet. RDS requires two zones, even for one instance. */
export function checkDatabaseSubnets(resources: unknown, vpc: unknown, context: CheckContext): void {
  const { subnetIds } = asObject(vpc);
  if (!Array.isArray(subnetIds) || subnetIds.length !== 1) return;
  for (const [name, { properties, existing }] of companionsOfType(resources, 'relational-database')) {
    if (existing !== undefined || properties.subnetIds !== undefined) continue;
    const finding = {
      found: 'one subnet in vpc.subnetIds',
      accepted: 'two or more subnets in different Availability Zones',
    };
    const fix = 'add subnetIds to the database, or another subnet to vpc';
    refuse(context, { ...finding, fix }, ['resources', name, 'properties', 'subnetIds']);
  }
}
