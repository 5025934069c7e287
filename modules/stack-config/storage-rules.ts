import { jobs } from '../config/indexed-config';
import { rule } from '../config/rule';
import { storageProblems } from '../config/storage-problems';

/** Storage of a job that AWS Batch would accept and that then doesn't work. */
export const usableStorage = rule('invalid-value', jobs, function* (all, index) {
  for (const { properties, path } of all) {
    for (const problem of storageProblems(properties, index.region))
      yield { ...problem, path: [...path, ...problem.path] };
  }
});
