/** Languages of the example's job. */
export const LANGUAGES = ['typescript', 'python'] as const;
/** Formats of the config. */
export const CONFIG_FORMATS = ['typescript', 'yaml'] as const;

export type Language = (typeof LANGUAGES)[number];
export type ConfigFormat = (typeof CONFIG_FORMATS)[number];

/** The settings of a new project. */
export interface Answers {
  /** The stack's name. */
  readonly name: string;
  /** Language of the job. */
  readonly language: Language;
  readonly configFormat: ConfigFormat;
}

/** Their names in texts. */
export const TITLES: { readonly [answer in Language | ConfigFormat]: string } = {
  typescript: 'TypeScript',
  python: 'Python',
  yaml: 'YAML',
};

/** The answer that a word selects: by its name, the first letters of it, or the ending of its files. */
export function meant<Answer extends string>(word: string, answers: readonly Answer[]): Answer | undefined {
  const given = word.trim().toLowerCase();
  const full = { ts: 'typescript', py: 'python', yml: 'yaml' }[given] ?? given;
  return full === '' ? undefined : answers.find((answer) => answer.startsWith(full));
}
