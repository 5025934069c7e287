/** First words that are read with a vowel first: as a word, or letter by letter if they have no vowel. */
const WITH_AN = /^(?:[aeiou](?!ser)|[fhlmnrsx][^aeiouy-]*(?:-|$))/;

/** A type of resource or event with its article, for a sentence: `an sqs-queue`, `a bucket`. */
export function withArticle(type: string): string {
  return `${WITH_AN.test(type) ? 'an' : 'a'} ${type}`;
}
