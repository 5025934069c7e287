import { beside, type StacktapeType } from '../../config/stacktape';

const OWN_CLUSTER = 'not part of this project: create the cluster in Terraform, and name it in existing';

/** What Stacktape's clusters have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    enableSharding: OWN_CLUSTER,
    numShards: OWN_CLUSTER,
    enableAutomaticFailover: 'remove it: it is on if there are replicas',
    logging: beside('aws_elasticache_replication_group'),
    port: 'remove it: clusters listen on port 6379. Read the port from STP_<NAME>_PORT',
  },
};
