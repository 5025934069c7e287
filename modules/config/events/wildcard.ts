/**
 * The fix for a wildcard pattern that EventBridge refuses, or undefined for one that it takes: `*` stands for any text, never twice in a
 * row, and a backslash stands only before `*` or another backslash.
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
