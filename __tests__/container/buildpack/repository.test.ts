import { join } from 'node:path';
import { commonFolder, repositoryFolder, upward } from '../../../modules/container/buildpack/repository';
import { folder, removeFolders } from '../folder';

afterEach(removeFolders);

it('lets the repository of the entry file limit what is sent, wherever the config is', () => {
  const root = folder({ 'repo/.git/HEAD': '', 'repo/jobs/a/main.go': '', 'repo/deploy/c.yml': '' });
  for (const config of ['repo/deploy', 'repo/jobs/a', '.'])
    expect(repositoryFolder({ entry: join(root, 'repo/jobs/a/main.go'), baseDir: join(root, config) })).toBe(
      join(root, 'repo'),
    );
});

it('takes a checkout whose .git is a file for a repository', () => {
  const root = folder({ '.git': 'gitdir: ../x', 'jobs/main.go': '' });
  expect(repositoryFolder({ entry: join(root, 'jobs/main.go'), baseDir: join(root, 'jobs') })).toBe(root);
});

it('goes no higher than the common folder of config and entry file without a repository', () => {
  const root = folder({ 'all/jobs/main.go': '', 'all/deploy/c.yml': '' });
  expect(repositoryFolder({ entry: join(root, 'all/jobs/main.go'), baseDir: join(root, 'all/deploy') })).toBe(
    join(root, 'all'),
  );
  expect(repositoryFolder({ entry: join(root, 'all/jobs/main.go'), baseDir: root })).toBe(root);
});

it('lists folders upward and finds the common one', () => {
  expect(upward('/a/b/c', '/a')).toEqual(['/a/b/c', '/a/b', '/a']);
  expect(upward('/a/b')).toEqual(['/a/b', '/a', '/']);
  expect(upward('/a', '/b')).toEqual([]);
  expect(commonFolder(['/a/b/c', '/a/b/d/e'])).toBe('/a/b');
  expect(commonFolder(['/a/b', '/a'])).toBe('/a');
  expect(commonFolder(['/ab', '/a'])).toBe('/');
});
