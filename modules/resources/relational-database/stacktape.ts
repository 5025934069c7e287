import { beside, type StacktapeType } from '../../config/stacktape';
import { asObject } from '../../config/value-at';

const OWN_DATABASE = 'not part of this project: create the database in Terraform, and name it in existing';

/** What Stacktape's databases have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    logging: (_, { engine }) => ({
      RelationalDatabase: {
        enabled_cloudwatch_logs_exports: asObject(engine).type === 'mysql' ? ['error'] : ['postgresql'],
      },
    }),
    preferredMaintenanceWindow: (value) => ({ RelationalDatabase: { maintenance_window: value } }),
    'engine.properties.readReplicas': beside('aws_db_instance'),
    ...Object.fromEntries(
      ['instances', 'minCapacity', 'maxCapacity', 'serverlessReadersCount'].map((name) => [
        `engine.properties.${name}`,
        'remove it: only clusters of Aurora have it',
      ]),
    ),
  },
  typeIn: (property, type) =>
    property === 'engine' && /^(aurora-|mariadb$|oracle-|sqlserver-)/.test(type) ? OWN_DATABASE : undefined,
};
