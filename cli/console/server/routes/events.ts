import { EventStream } from '../event-stream';
import type { Route } from '../route';

/** What changes, as it happens. */
export const eventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/events',
    answer: ({ query }, { changes }) => {
      const [place, id] = [query.place(), query.optional('run')];
      const watched = id === undefined ? undefined : { place, id };
      return new EventStream((tell) => {
        // The run can have gone on between the answer to /api/run and now.
        if (watched?.place === 'local') tell({ type: 'run', ...watched });
        return changes.follow({ place, watched, tell });
      });
    },
  },
];
