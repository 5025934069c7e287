import { counted, listed } from '../../modules/problems/phrases';
import type { BandPicture, PictureItem, StackPicture } from './stack';

/** How a picture calls the columns of a kind of band. */
interface BandWords {
  readonly startedBy: string;
  readonly name: string;
  readonly runsOn: string;
  readonly uses: string;
}

/** Bands of a kind, with the words for their columns. */
export interface BandGroup<Band extends BandPicture = BandPicture> {
  /** `Jobs` */
  readonly title: string;
  readonly words: BandWords;
  readonly bands: readonly Band[];
}

/** The bands of a picture in the order in which they are drawn: jobs, then functions. */
export function bandsOf({ jobs, functions = [] }: Pick<StackPicture, 'jobs' | 'functions'>): readonly BandPicture[] {
  return [...jobs, ...functions];
}

/** The bands by their kind, without kinds that the stack does not have. */
export function bandGroups(bands: readonly BandPicture[]): readonly BandGroup[] {
  const functions = bands.filter(isFunction);
  const jobs = bands.filter((band) => !isFunction(band));
  return [
    { title: 'Jobs', words: { startedBy: 'Started by', name: 'Job', runsOn: 'Runs on', uses: 'Uses' }, bands: jobs },
    {
      title: 'Functions',
      words: { startedBy: 'Invoked by', name: 'Function', runsOn: 'Runs on', uses: 'Uses' },
      bands: functions,
    },
  ].filter((group) => group.bands.length > 0);
}

export function isFunction({ item }: BandPicture): boolean {
  return item.kind === 'function';
}

/** Every box of a band, its own first. */
export function boxesOf({ item, startedBy, runsOn, uses }: BandPicture): readonly PictureItem[] {
  return [item, ...startedBy, ...runsOn, ...uses];
}

/** What stands where nothing starts a job or invokes a function. The page knows the command that starts a job by hand. */
export function withoutEvents(band: BandPicture): { readonly title: string; readonly detail: string } {
  if (!isFunction(band)) return { title: 'By hand', detail: 'no event starts it' };
  const { invokedBy = [] } = band;
  return {
    title: 'No events',
    detail: invokedBy.length === 0 ? 'no event invokes it' : `${few(invokedBy)} can invoke it`,
  };
}

/** Up to three names: `report`, `report and tally`, `report, tally and 4 others`. */
function few(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  return listed(shown, 'and');
}

/** `1 job, 2 functions`. Functions only if there are some. */
export function bandsText(bands: {
  readonly jobs: readonly unknown[];
  readonly functions?: readonly unknown[];
}): string {
  const { jobs, functions = [] } = bands;
  const ofFunctions = functions.length === 0 ? [] : [counted(functions.length, 'function')];
  const ofJobs = jobs.length === 0 && ofFunctions.length > 0 ? [] : [counted(jobs.length, 'job')];
  return [...ofJobs, ...ofFunctions].join(', ');
}

/** `2 × Schedule, Queue inbox` */
export function titles(items: readonly PictureItem[]): string {
  const counts = new Map<string, number>();
  for (const { title } of items) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts].map(([title, count]) => (count === 1 ? title : `${count} × ${title}`)).join(', ');
}
