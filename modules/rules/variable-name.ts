/**
 * The environment variable with a parameter of a connected resource: `STP_PHOTOS_BUCKET_NAME` for `name` of `photosBucket`. A capital
 * letter begins a new word, and consecutive capitals are one word.
 */
export function variableName(resource: string, param: string): string {
  return ['STP', words(resource), words(param)].join('_');
}

function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .toUpperCase();
}
