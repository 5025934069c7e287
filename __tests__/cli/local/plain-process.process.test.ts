import type { ContainerStart } from '../../../cli/local/container';
import { type PlainImage, plainProcesses } from '../../../cli/local/plain-process';
import { imageOf } from './scenarios';

/** What a process prints. */
async function printed(image: PlainImage, environment: ContainerStart['environment'] = {}): Promise<string> {
  const chunks: Buffer[] = [];
  const onOutput = async (_: string, chunk: Buffer) => void chunks.push(chunk);
  const { ended } = await plainProcesses(image).start({ environment, onOutput });
  expect(await ended).toEqual({ exitCode: 0 });
  return Buffer.concat(chunks).toString();
}

const SHOWN = 'console.log(JSON.stringify([process.cwd(), process.env]))';

test('a process has the variables of the image, in its working directory, with paths in its own folder', async () => {
  const image = imageOf(SHOWN, {
    workingDirectory: '/app/jobs/nightly',
    variables: { PATH: '/venv/bin:$PATH', PYTHONPATH: '/app:/app/src:/usr/lib', HOME: '/tmp', LANG: 'C.UTF-8' },
  });
  const [folder, variables] = JSON.parse(await printed(image, { LANG: 'de' }));
  const app = folder.slice(0, -'/jobs/nightly'.length);
  expect(folder).toMatch(/\/app\/jobs\/nightly$/);
  expect(variables).toEqual({
    PATH: process.env.PATH,
    PYTHONPATH: `${app}:${app}/src:/usr/lib`,
    HOME: app.replace(/app$/, 'home'),
    TMPDIR: app.replace(/app$/, 'tmp'),
    LANG: 'de',
  });
});
