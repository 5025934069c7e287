import { visibleText } from '../command/visible-text';

/** A piece of a line in one style. `style` is a list of class names, empty for plain text. */
export interface Styled {
  readonly text: string;
  readonly style: string;
}

/** Control sequences of terminals: colours and cursor movements (CSI), titles and links (OSC), and the two-character ones. */
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[ -/]*[0-Z\\^-~])/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const STYLE = /^\u001B\[([\d;]*)m$/;

/** What a browser would obey: separators begin a new line, and others change the direction of what follows. */
const INVISIBLE = /[\u2028-\u202E\u2066-\u2069]/g;

const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The line without control sequences: what is searched. */
export function plainText(text: string): string {
  return text.includes('\u001B') ? text.replace(SEQUENCE, '') : text;
}

/**
 * A line as it can be shown. Colours of terminals become class names; other control sequences are left out, and other control
 * characters are written as in a terminal (`^@`).
 */
export function styledText(text: string): Styled[] {
  const pieces: Styled[] = [];
  let rendition = new Rendition();
  let position = 0;
  const push = (piece: string) => {
    const visible = shownText(piece);
    if (visible !== '') pieces.push({ text: visible, style: rendition.classNames() });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    push(text.slice(position, match.index));
    position = match.index + match[0].length;
    const codes = STYLE.exec(match[0])?.[1];
    if (codes !== undefined) rendition = rendition.after(codes.split(';').map(Number));
  }
  push(text.slice(position));
  return pieces;
}

/** A text without what a terminal or a browser would obey. */
export function shownText(text: string): string {
  return visibleText(text, false).replace(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

/** The style of the text that follows. Backgrounds, and colours outside the palette, are left out: text must stay readable. */
class Rendition {
  constructor(
    private readonly color?: string,
    private readonly isBold = false,
    private readonly isDim = false,
  ) {}

  /** @see https://www.ecma-international.org/publications-and-standards/standards/ecma-48/ "SGR" */
  after(codes: readonly number[]): Rendition {
    let { color, isBold, isDim } = this;
    for (let index = 0; index < codes.length; index += 1) {
      const code = codes[index] ?? 0;
      if (code === 0) [color, isBold, isDim] = [undefined, false, false];
      else if (code === 1) isBold = true;
      else if (code === 2) isDim = true;
      else if (code === 22) [isBold, isDim] = [false, false];
      else if (code >= 30 && code <= 37) color = COLORS[code - 30];
      else if (code >= 90 && code <= 97) color = COLORS[code - 90];
      else if (code === 39) color = undefined;
      // A colour of 256, or of red, green and blue, has operands.
      else if (code === 38 || code === 48) {
        index += codes[index + 1] === 5 ? 2 : 4;
        if (code === 38) color = undefined;
      }
    }
    return new Rendition(color, isBold, isDim);
  }

  classNames(): string {
    const names = [this.color, this.isBold && 'bold', this.isDim && 'dim'].filter(Boolean);
    return names.map((name) => `log-${name}`).join(' ');
  }
}
