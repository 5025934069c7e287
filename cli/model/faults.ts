/** What a local run does besides running the job: faults to inject, and other options of `batch-jobs local`. A value is as a person types it. */
export interface Faults {
  readonly failAttempts?: string;
  readonly interruptAfter?: string;
  readonly grace?: string;
  readonly timeoutAfter?: string;
  readonly throttle?: string;
  readonly deliverTwice?: boolean;
  readonly fast?: boolean;
  readonly plain?: boolean;
  readonly aws?: boolean;
}

/** A fault and the option that injects it. */
export interface FaultOption {
  readonly field: keyof Faults;
  readonly option: string;
  readonly label: string;
  readonly meaning: string;
  /** What the field contains at first. Undefined for an option without a value. */
  readonly example?: string;
}

/** In the order of the page. */
export const FAULT_OPTIONS: readonly FaultOption[] = [
  {
    field: 'failAttempts',
    option: '--fail-attempts',
    label: 'Fail attempts',
    meaning: 'These attempts fail, even if their container succeeds',
    example: '1',
  },
  {
    field: 'interruptAfter',
    option: '--interrupt-after',
    label: 'Spot interruption after',
    meaning: 'The first container gets SIGTERM, as if AWS takes its Spot instance',
    example: '3s',
  },
  {
    field: 'grace',
    option: '--grace',
    label: 'Time to exit',
    meaning: 'Time from SIGTERM to SIGKILL, 2m on the instances',
    example: '10s',
  },
  {
    field: 'timeoutAfter',
    option: '--timeout-after',
    label: 'Time out after',
    meaning: 'Each attempt times out after this time',
    example: '5s',
  },
  {
    field: 'throttle',
    option: '--throttle',
    label: 'Throttle submissions',
    meaning: 'AWS Batch refuses this many submissions first',
    example: '5',
  },
  {
    field: 'deliverTwice',
    option: '--deliver-twice',
    label: 'Deliver the event twice',
    meaning: 'Lambda delivers the event again, which starts nothing',
  },
  { field: 'fast', option: '--fast', label: 'Shorten waits to 1 s', meaning: 'Waits take at most a second' },
  {
    field: 'plain',
    option: '--plain',
    label: 'Run without a container',
    meaning: 'An entry file runs as a plain process, even if Docker or Podman is available',
  },
  {
    field: 'aws',
    option: '--aws',
    label: 'Use my AWS credentials',
    meaning: 'The job uses your own AWS credentials, and what it does in AWS is real',
  },
];

/** The words of the command `local` for a job, without those that choose its event. */
export function localWords(job: string, faults: Faults, others: readonly string[] = []): string[] {
  const chosen = FAULT_OPTIONS.flatMap(({ field, option }) => {
    const value = faults[field];
    if (value === undefined || value === false) return [];
    return value === true ? [option] : [option, value];
  });
  return [job, ...chosen, ...others];
}

/** What the words of a command `local` choose. */
export interface ParsedWords {
  readonly job: string;
  readonly faults: Faults;
  /** The words that choose the event: `--event-type sqs:2`, `--event event.json`. Empty for the job's first trigger. */
  readonly eventWords: readonly string[];
  /** Options that the page has no switch for, with their values. */
  readonly others: readonly string[];
}

/** Options that the page has no switch for, and whose next word is their value. */
const WITH_VALUE = ['--engine', '--endpoint', '--env', '--env-file', '--secret', '--config'];

/** Reads the words of a command `local`, as they were accepted. */
export function parsedWords(words: readonly string[]): ParsedWords {
  const faults: { [field: string]: string | boolean } = {};
  const others: string[] = [];
  let job = '';
  let eventWords: string[] = [];
  const rest = words.flatMap(separated);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    const known = FAULT_OPTIONS.find(({ option }) => option === word);
    if (known !== undefined) {
      const { field, example } = known;
      if (example === undefined) faults[field] = true;
      else {
        const value = rest[++index] ?? '';
        // The only one that can be given several times.
        faults[field] = field === 'failAttempts' && faults[field] ? `${faults[field]},${value}` : value;
      }
    } else if (word === '--event-type' || word === '--event') {
      eventWords = [word, rest[++index] ?? ''];
    } else if (WITH_VALUE.includes(word)) {
      others.push(word, rest[++index] ?? '');
    } else if (word.startsWith('-')) {
      if (word !== '--json') others.push(word);
    } else {
      job = word;
    }
  }
  return { job, faults: faults as Faults, eventWords, others };
}

/** `--grace=5s` is two words. */
function separated(word: string): string[] {
  const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
  return option === undefined || value === undefined ? [word] : [option, value];
}
