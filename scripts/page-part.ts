/** A text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function withPart(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...again] = text.split(begin);
  const [, after, ...more] = (rest ?? '').split(end);
  if (before === undefined || after === undefined || again.length + more.length > 0) {
    throw new Error(`the page has not one part between ${begin} and ${end}`);
  }
  return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}

/** Output of a program, for a page. */
export function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
