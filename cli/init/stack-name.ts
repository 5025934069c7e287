import { STACK_NAME_FORM } from '../../modules/config/identity';

/** What a project is called if its folder's name has nothing that a stack's name can have. */
const FALLBACK = 'batch-jobs';
const MAXIMUM_LENGTH = 128;

export function isStackName(name: string): boolean {
  return STACK_NAME_FORM.pattern.test(name);
}

/** The name of a stack that is nearest to a text, such as the name of a folder: `Zürich jobs (old)` gives `Zurich-jobs-old`. */
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

/** What is wrong with a name, and a name that would do. */
export function nameProblem(name: string): string {
  return `"${name}" is not a stack name. Accepted: ${STACK_NAME_FORM.accepted}. Try "${nearestStackName(name)}".`;
}
