import { beside, type Instead, type StacktapeType } from '../../config/stacktape';
import { asObject } from '../../config/value-at';

function throughput(value: unknown): Instead {
  const { readUnits, writeUnits, readScaling, writeScaling } = asObject(value);
  if (readScaling ?? writeScaling) return beside('aws_appautoscaling_target', 'aws_appautoscaling_policy');
  return {
    DynamoDbTable: { billing_mode: 'PROVISIONED', read_capacity: readUnits, write_capacity: writeUnits },
  };
}

/** What Stacktape's tables have that those here have not. */
export const STACKTAPE: StacktapeType = { properties: { provisionedThroughput: throughput } };
