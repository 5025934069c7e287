/** Compares two versions by number. */
function compared(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/**
 * Whether a version satisfies a RubyGems requirement, such as `~> 3.3` or `>= 3.2`. A version alone means exactly that version.
 *
 * @see https://guides.rubygems.org/patterns/#declaring-dependencies
 */
export function satisfies(version: string, requirement: string): boolean {
  const [, operator = '=', wanted = ''] = /^\s*(=|!=|>=|<=|>|<|~>)?\s*v?([\d.]+)/.exec(requirement) ?? [];
  const order = compared(version, wanted);
  switch (operator) {
    case '!=':
      return order !== 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '~>': {
      const parts = wanted.split('.').map(Number);
      const above = parts.length === 1 ? parts : parts.slice(0, -1);
      const next = [...above.slice(0, -1), (above.at(-1) ?? 0) + 1].join('.');
      return order >= 0 && compared(version, next) < 0;
    }
    default:
      return order === 0;
  }
}
