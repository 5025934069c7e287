import type { Reason } from '../cli/operate/why/reason';
import { REASON_GROUPS } from '../cli/operate/why/reasons';

/** The subject of the sentences of a group that name a run. */
const SUBJECTS: { readonly [title: string]: string } = { 'The run has failed': 'The run failed' };

/** Values that read better without their name, or that a text has only in some cases. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
  [/ \{capacityFix\}/g, ''],
  [/\{quotaName\}/g, ''],
  [/\{restarts\}/g, ', and its free restarts were used up'],
  [/\{restartFix\}/g, 'Raise retryConfig.spotInterruption.freeRestarts, or set thenOnDemand to true, and deploy.'],
  [/\{memoryLimit\}/g, 'its last attempt had'],
  [/\{memoryFix\}/g, 'Raise resources.memory or retryConfig.onOutOfMemory.maxMemory, and deploy.'],
  [/Run \{run\}/g, 'The run'],
  [/run \{run\}/g, 'the run'],
];

/** Every reason of `why`, as lists with a heading for each group. A reason that is in two groups is in the first. */
export function reasonList(): string {
  const listed = new Set<string>();
  const sections = REASON_GROUPS.map(({ title, reasons }) => {
    const subject = SUBJECTS[title] ?? 'The run';
    const lines = reasons.flatMap((reason) => {
      if (listed.has(reason.code)) return [];
      listed.add(reason.code);
      return [item(reason, subject)];
    });
    return [`### ${title}`, '', ...lines].join('\n');
  });
  return sections.join('\n\n');
}

function item({ code, sentence, fix, command }: Reason, subject: string): string {
  const next = command === undefined ? '' : ` \`${asCommand(command)}\``;
  return `- **\`${code}\`**: ${shown(sentence, subject)} ${shown(fix, subject)}${next}`;
}

function shown(text: string, subject: string): string {
  const whole = REPLACED.reduce((result, [name, without]) => result.replace(name, without), text);
  const filled = whole.replace(/\{subject\}/g, subject).replace(/\{(\w+)\}/g, (_, name: string) => `*${words(name)}*`);
  return /[.!]$/.test(filled) ? filled : `${filled}.`;
}

function asCommand(command: string): string {
  return `batch-jobs ${command.replace(/\{(\w+)\}/g, '<$1>')}`;
}

/** `instance types` for `instanceTypes`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
