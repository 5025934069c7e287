import { subnetsOfTwoZones } from '../two-zones';
import { relationalDatabase } from './schema';

/** RDS requires two zones, even for one instance. */
export const RELATIONAL_DATABASE_RULES = [
  subnetsOfTwoZones('invalid-value', relationalDatabase, {
    accepted: 'two or more subnets in different Availability Zones',
    fix: 'add subnetIds to the database, or another subnet to vpc',
  }),
];
