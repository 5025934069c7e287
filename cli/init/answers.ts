/** Languages that the example's job comes in. */
export const LANGUAGES = ['typescript', 'python'] as const;
/** What the config can be written in. */
export const CONFIG_FORMATS = ['typescript', 'yaml'] as const;

export type Language = (typeof LANGUAGES)[number];
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** What a new project is made by. */
export interface Answers {
  /** The stack's name. */
  readonly name: string;
  /** Language of the job. */
  readonly language: Language;
  readonly configFormat: ConfigFormat;
}

/** What files and people call them. */
export const TITLES: { readonly [answer in Language | ConfigFormat]: string } = {
  typescript: 'TypeScript',
  python: 'Python',
  yaml: 'YAML',
};

/** The one of several answers that a word means: itself, its first letters, or the ending of its files. */
export function meant<Answer extends string>(word: string, answers: readonly Answer[]): Answer | undefined {
  const given = word.trim().toLowerCase();
  const full = { ts: 'typescript', py: 'python', yml: 'yaml' }[given] ?? given;
  return full === '' ? undefined : answers.find((answer) => answer.startsWith(full));
}
