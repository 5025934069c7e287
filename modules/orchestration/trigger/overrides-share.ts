/** `\u00e9` inside a JSON string inside JSON: the backslash is doubled. */
const ESCAPED_CHARACTER_LENGTH = 7;

/** `\/` inside a JSON string inside JSON: the backslash is doubled, and the slash is escaped again. */
const ESCAPED_SLASH_LENGTH = 4;

/** `1e-7` can become `1.0E-7`, and 17 digits can become 19. */
const NUMBER_GROWTH = 4;

/** Characters that some JSON writers keep and others write as `\uXXXX` (`<` in HTML-safe ones, é in ASCII-only ones). */
const MAY_BE_ESCAPED = /[^\u0020-\u007e]|[<>&'=]/;

const DIGIT = /[0-9]/;

/**
 * Maximum number of characters of an event in the container overrides: its JSON as a JSON string, including quotes.
 *
 * Step Functions and AWS Batch parse the string and write it again, and AWS doesn't document which characters they escape. So each
 * character counts as its longest form in any JSON writer. For events without special characters the result is exactly
 * `JSON.stringify(eventJson).length`. For others it is never less.
 *
 * @param eventJson The event's original JSON, or the result of `JSON.stringify`.
 */
export function overridesShare(eventJson: string): number {
  let length = '""'.length;
  let inString = false;
  for (let index = 0; index < eventJson.length; index++) {
    const character = eventJson.charAt(index);
    if (character === '"') inString = !inString;
    if (character === '\\') {
      // Counts an escape sequence as a whole, so that its quote doesn't end the string.
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
