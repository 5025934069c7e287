import type { BatchJobsStack } from '../../modules/stack';

/** Connection strings without their password, for jobs whose image has no first program that puts it in. */
export function passwordHints({ jobs }: Pick<BatchJobsStack, 'jobs'>) {
  return [...jobs].flatMap(([name, { withoutPassword }]) => {
    if (withoutPassword.length === 0) return [];
    const message =
      `the password is not in ${withoutPassword.join(', ')}: only images that the stack builds from a source file put it in. ` +
      'Read it from the variable STP_<NAME>_PASSWORD, or keep a whole connection string in a secret';
    return [{ property: `resources.${name}.properties.connectTo`, message }];
  });
}
