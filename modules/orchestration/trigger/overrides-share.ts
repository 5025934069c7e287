/** `\u00e9` inside a JSON string inside JSON: the backslash is doubled. */
const ESCAPED_CHARACTER_LENGTH = 7;

/** `\/` inside a JSON string inside JSON: the backslash is doubled, and the slash gets one of its own once more. */
const ESCAPED_SLASH_LENGTH = 4;

/** `1e-7` may come back as `1.0E-7`, and 17 digits may come back as 19. */
const NUMBER_GROWTH = 4;

/** Characters that are written as they are by some JSON writers and as `\uXXXX` by others (`<` in HTML-safe ones, é in ASCII-only ones). */
const MAY_BE_ESCAPED = /[^\u0020-\u007e]|[<>&'=]/;

const DIGIT = /[0-9]/;

/**
 * How many characters an event takes of the container overrides, at most: its JSON text as a JSON string, quotes included.
 *
 * Between here and the container the text is parsed and written again by Step Functions and Batch, and AWS does not
 * say which characters they escape. So each character counts as the longest form a JSON writer gives it. For
 * events of plain text this is exactly `JSON.stringify(eventJson).length`; for others it is never less.
 *
 * @param eventJson The event's own text, or what `JSON.stringify` made of it.
 */
export function overridesShare(eventJson: string): number {
  let length = '""'.length;
  let inString = false;
  for (let index = 0; index < eventJson.length; index++) {
    const character = eventJson.charAt(index);
    if (character === '"') inString = !inString;
    if (character === '\\') {
      // An escape sequence is counted as a whole, so that its quote does not end the string.
      index++;
      length += 2 + (eventJson.charAt(index) === '"' || eventJson.charAt(index) === '\\' ? 2 : 1);
    } else if (character === '"') {
      length += 2;
    } else if (MAY_BE_ESCAPED.test(character)) {
      length += ESCAPED_CHARACTER_LENGTH;
    } else if (inString && character === '/') {
      length += ESCAPED_SLASH_LENGTH;
    } else if (
      !inString &&
      (character === '.' || (/[eE]/.test(character) && DIGIT.test(eventJson.charAt(index - 1))))
    ) {
      length += 1 + NUMBER_GROWTH;
    } else {
      length += 1;
    }
  }
  return length;
}
