import { PLACES } from '../../../modules/orchestration/places';
import { asFields, asText } from '../state-machine/json-value';
import type { Item } from './expressions';

/** The waiting runs of a job, in order of arrival: what the index of the table has. Adding the last one and taking the first one is quick. */
export class Line {
  private readonly items: Item[] = [];

  /** The first waiting run, if there is one. */
  get first(): Item | undefined {
    return this.items[0];
  }

  /** Names of the waiting runs. */
  get runs(): string[] {
    return this.items.map((item) => asText(asFields(item.Run, 'Run').S, 'Run'));
  }

  enter(item: Item): void {
    const time = arrivalOf(item);
    let place = this.items.length;
    while (place > 0 && arrivalOf(this.items[place - 1] ?? item) > time) place--;
    this.items.splice(place, 0, item);
  }

  leave(item: Item): void {
    const place = this.items.indexOf(item);
    if (place >= 0) this.items.splice(place, 1);
  }
}

/** Whether an item is of a waiting run. */
export function waits(item: Item): boolean {
  return item[PLACES.arrived] !== undefined;
}

function arrivalOf(item: Item): string {
  return asText(asFields(item[PLACES.arrived], PLACES.arrived).S, PLACES.arrived);
}
