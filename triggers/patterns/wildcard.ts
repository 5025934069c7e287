/**
 * The fix for a wildcard pattern that EventBridge refuses, or undefined for an accepted one. `*` matches any string and can't occur twice
 * in a row, and a backslash can only precede `*` or another backslash.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function wildcardProblem(pattern: string): string | undefined {
  const parts: readonly string[] = pattern.match(/\\[*\\]|\\|\*+|[^*\\]+/g) ?? [];
  if (parts.includes('\\')) {
    const escaped = parts.map((part) => (part === '\\' ? '\\\\' : part)).join('');
    return `write ${JSON.stringify(escaped)}: a backslash stands before * or a backslash only`;
  }
  if (!parts.some((part) => /^\*{2,}$/.test(part))) return undefined;
  return `write ${JSON.stringify(parts.map((part) => part.replace(/^\*{2,}$/, '*')).join(''))}: one * stands for any text`;
}
