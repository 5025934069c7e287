import type { Change } from '../../model/console';
import type { RunLocation } from '../../model/run';

/** A page that follows what changes. */
export interface Follower {
  /** What the page shows. */
  readonly place: RunLocation;
  /** The run that the page shows. */
  readonly watched?: { readonly place: RunLocation; readonly id: string };
  tell(change: Change): void;
}

/** Tells pages what has changed. */
export class Changes {
  private readonly followers = new Set<Follower>();
  private readonly listeners = new Set<() => void>();

  publish(change: Change): void {
    for (const follower of this.followers) follower.tell(change);
  }

  /** @returns stops following */
  follow(follower: Follower): () => void {
    this.followers.add(follower);
    this.followersChanged();
    return () => {
      if (this.followers.delete(follower)) this.followersChanged();
    };
  }

  /** Whether somebody looks. A page in a hidden tab closes its connection. */
  get hasFollower(): boolean {
    return this.followers.size > 0;
  }

  /** Whether somebody looks at what is on this machine, or in AWS. */
  hasFollowerOf(place: RunLocation): boolean {
    return [...this.followers].some((follower) => follower.place === place);
  }

  /** The runs that open pages show, each once. */
  watchedRuns(): { readonly place: RunLocation; readonly id: string }[] {
    const runs = [...this.followers].flatMap(({ watched }) => (watched === undefined ? [] : [watched]));
    return [...new Map(runs.map((run) => [`${run.place} ${run.id}`, run])).values()];
  }

  /**
   * Calls a function whenever a page comes, goes or shows another run.
   *
   * @returns stops calling it
   */
  onFollowers(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private followersChanged(): void {
    for (const listener of this.listeners) listener();
  }
}
