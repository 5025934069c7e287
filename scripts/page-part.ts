/** Replaces the part of a page between `<!-- name -->` and `<!-- /name -->`. */
export function withPart(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...again] = text.split(begin);
  const [, after, ...more] = (rest ?? '').split(end);
  if (before === undefined || after === undefined || again.length + more.length > 0) {
    throw new Error(`The page must have exactly one part between ${begin} and ${end}.`);
  }
  return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}

/** The output of a program as a code block. */
export function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
