import { accessControl, beside, given, type Instead, packaging, type StacktapeType } from '../../config/stacktape';
import { asObject } from '../../config/value-at';
import { STACKTAPE_CODE } from './stacktape-code';

const OWN_FUNCTION = 'not part of this project: create the function in Terraform, and name it in existing';

/** Of the first versions of Stacktape: a function's file. */
function packageConfig(value: unknown): Instead {
  const { filePath = '<file>', dependenciesToIgnore: excludeDependencies, ...others } = asObject(value);
  return packaging('js-bundle', { entryfilePath: filePath, ...given({ excludeDependencies }) }, others);
}

/** What Stacktape's functions have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    packageConfig,
    accessControl,
    handler:
      'remove it, and name the handler in packaging: after entryfilePath, as in file.ts:name, or as handler of custom-artifact',
    ...Object.fromEntries(
      Object.entries(STACKTAPE_CODE).map(([name, instead]) => [`packaging.properties.${name}`, instead]),
    ),
    deployment: 'remove it: a deployment sends all events to the new code at once',
    destinations:
      'remove it: events that fail are kept in the queue for undelivered events. Send results in the code of the function',
    provisionedConcurrency: beside('aws_lambda_alias', 'aws_lambda_provisioned_concurrency_config'),
    reservedConcurrency: (value) => ({ Function: { reserved_concurrent_executions: value } }),
    volumeMounts: OWN_FUNCTION,
  },
  ownProperties: ['alarms'],
};
