/** Types of images with other names in newer versions of Stacktape. The checked config has only the first one. */
const OTHER_NAMES = {
  'custom-dockerfile': ['dockerfile'],
  'stacktape-image-buildpack': ['buildpack', 'js-bundle'],
} as const;

/** Every name of a type of image, first the one that the checked config has. */
export function namesOfPackaging<Type extends keyof typeof OTHER_NAMES>(type: Type) {
  return [type, ...OTHER_NAMES[type]] as const;
}

/** The name that the checked config has, for one that somebody wrote. */
export function checkedPackaging(written: string): string {
  const found = Object.entries<readonly string[]>(OTHER_NAMES).find(([, names]) => names.includes(written));
  return found?.[0] ?? written;
}
