import { stripVTControlCharacters } from 'node:util';

/** A string in lines of limited width. Keeps words whole, and existing line breaks. */
export function wrapped(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(' ')) {
      const longer = `${lines.at(-1)} ${word}`;
      const fits = lines.length > 0 && stripVTControlCharacters(longer).length <= columns;
      if (fits) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}
