import { foundValue } from '../problems/found';
import { arnFix, IAM_NAME } from '../rules/arn-fix';
import { MANAGED_POLICY_ARN } from '../rules/arn-forms';
import { refuse, strict, text } from './checked';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const MOST_PATH_CHARACTERS = 512;

/** Reserved for service-linked roles, which only AWS creates. */
const RESERVED_PATH = '/aws-service-role/';

const path = text({
  pattern: /^\/([\w+=,.@-]+\/)*$/,
  accepted: 'a path that starts and ends with /, such as /teams/reports/',
  fix: pathFix,
}).check((context) => {
  const { value } = context;
  if (value.startsWith(RESERVED_PATH)) {
    const accepted = `a path that does not start with ${RESERVED_PATH}`;
    refuse(context, { found: foundValue(value), accepted, fix: 'use another path: AWS reserves this one' });
  }
  if (value.length <= MOST_PATH_CHARACTERS) return;
  const accepted = `at most ${MOST_PATH_CHARACTERS} characters`;
  refuse(context, { found: `a path of ${value.length} characters`, accepted, fix: 'shorten the path' });
});

function pathFix(found: string): string {
  const parts = found.split('/').filter((part) => part !== '');
  const fixed = parts.length === 0 ? '/' : `/${parts.join('/')}/`;
  return parts.every((part) => /^[\w+=,.@-]+$/.test(part))
    ? `write ${fixed}`
    : 'use letters, digits and _ + = , . @ - between slashes';
}

/** What the account requires of IAM roles. */
export const iam = strict({
  /** ARN of the policy that limits what each role of the stack can do, in addition to its policies. A job that needs more than the boundary allows fails with AccessDenied. @default none */
  permissionsBoundaryArn: text({
    pattern: MANAGED_POLICY_ARN,
    accepted: 'the ARN of a managed policy',
    fix: (found) => arnFix({ example: 'arn:aws:iam::123456789012:policy/boundary', name: IAM_NAME }, found),
  }).optional(),
  /** Path of the stack's roles, policies and instance profile, such as /teams/reports/. A change replaces them all, so change it only while no job runs. @default / */
  path: path.optional(),
});
