import { STACK_NAME_FORM } from '../../modules/config/identity';

/** The stack's name if no character of the folder's name is allowed in one. */
const FALLBACK = 'batch-jobs';
const MAXIMUM_LENGTH = 128;

export function isStackName(name: string): boolean {
  return STACK_NAME_FORM.pattern.test(name);
}

/** The valid stack name that is nearest to a string, such as the name of a folder: `Zürich jobs (old)` becomes `Zurich-jobs-old`. */
export function nearestStackName(text: string): string {
  const name = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, MAXIMUM_LENGTH)
    .replace(/-+$/, '');
  return name === '' ? FALLBACK : name;
}

/** The error for a name that is not valid, with a suggestion. */
export function nameProblem(name: string): string {
  return `"${name}" is not a stack name. Accepted: ${STACK_NAME_FORM.accepted}. Try "${nearestStackName(name)}".`;
}
