/**
 * A subnet stays in the zone in which it was made. Zones are taken from the list that AWS gives at each plan, in which one may come, go or
 * move; without this, each subnet behind it would be replaced under the instances that stand in it.
 */
export const KEEP_ZONE = { ignoreChanges: ['availability_zone'] };
