import { resolve } from 'node:path';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { installedLibrary } from '../../../job/installed';
import { removeFolders } from '../../folder';
import { dockerfileOf, textOf } from '../made';
import { context, inImage, started } from './job';

afterAll(removeFolders);

const JOB = `import { attempt, event, maximumAttempts, onReclaim, type ScheduleEvent } from 'cdktf-batch-jobs/job';
onReclaim(() => undefined);
event<ScheduleEvent>().then(({ time }) => console.log(attempt, maximumAttempts, time));
`;

const VARIABLES = {
  STP_TRIGGER_EVENT_DATA: '{"time":"2026-01-01T14:00:00Z"}',
  STP_CURRENT_ATTEMPT: '2',
  STP_MAXIMUM_ATTEMPTS: '3',
};

describe('a job that imports the library of jobs', () => {
  it.each(['esm', 'cjs'] as const)(
    'has it in its bundle, and needs no lockfile or package for it: %s',
    async (format) => {
      const made = context(
        {
          ...installedLibrary(),
          'src/jobs/report.ts': JOB,
          'package.json': '{ "name": "shop", "dependencies": { "cdktf-batch-jobs": "0.1.0" } }',
        },
        { languageSpecificConfig: { outputModuleFormat: format } },
      );
      const path = `app/src/jobs/report.${format === 'esm' ? 'mjs' : 'cjs'}`;
      expect(inImage(made)).toEqual([path]);
      expect(made.notes ?? []).toEqual([]);
      expect(dockerfileOf(made).join('\n')).not.toMatch(/npm|yarn|pnpm/);
      expect(textOf(made.files, path).length).toBeLessThan(34_000);
      expect(await started(made, VARIABLES)).toEqual({ status: 0, stdout: '2 3 2026-01-01T14:00:00Z\n', stderr: '' });
    },
  );

  it('has no more of it than it uses where the sources are at hand, as in this repository', () => {
    const root = resolve(__dirname, '../../../..');
    const bundle = (name: string) => {
      const entryfilePath = `__tests__/fixtures/job-library/${name}`;
      const made = imageBuildpackContext({ entryfilePath: `${entryfilePath}.ts` }, 'x86_64', root);
      if ('problems' in made) throw new Error(JSON.stringify(made.problems));
      return textOf(made.context.files, `app/${entryfilePath}.mjs`);
    };
    expect(bundle('attempt')).toContain('STP_CURRENT_ATTEMPT');
    expect(bundle('attempt')).not.toMatch(/SIGTERM|AWS4|node:http|node:crypto|STP_MAXIMUM_ATTEMPTS/);
    expect(bundle('nothing')).toContain('worked');
    expect(bundle('nothing')).not.toMatch(/SIGTERM|AWS4|node:http|node:crypto|STP_/);
  });
});
