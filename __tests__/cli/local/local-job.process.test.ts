import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { processesWith } from '../../e2e/engines/living-processes';
import { installedLibrary } from '../../job/installed';
import { documents, LocalProject } from './whole-program';

const TYPESCRIPT = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { attempt, containerStart, event, maximumAttempts, onReclaim, type SqsEvent } from 'cdktf-batch-jobs/job';

const { PROGRESS = '' } = process.env;

async function main(): Promise<void> {
  const done = existsSync(PROGRESS) ? readFileSync(PROGRESS, 'utf8') : 'nothing';
  onReclaim(async () => {
    writeFileSync(PROGRESS, 'one message');
    console.log('saved');
  });
  const { Records } = await event<SqsEvent>();
  console.log(\`attempt \${attempt} of \${maximumAttempts}, start \${containerStart}\`);
  console.log(\`\${Records[0].body.length} characters, \${done} done\`);
  if (done === 'nothing') setTimeout(() => console.log('never'), 60_000);
}

void main();
`;

const PYTHON = `
import os, time
from batch_job import attempt, container_start, event, maximum_attempts, on_reclaim

path = os.environ["PROGRESS"]
done = open(path).read() if os.path.exists(path) else "nothing"

@on_reclaim
def save():
    open(path, "w").write("one message")
    print("saved")

body = event()["Records"][0]["body"]
print("attempt %d of %d, start %d" % (attempt, maximum_attempts, container_start))
print("%d characters, %s done" % (len(body), done), flush=True)
if done == "nothing":
    time.sleep(60)
    print("never")
`;

describe.each([
  ['TypeScript', 'jobs/report.ts', TYPESCRIPT],
  ['Python', 'jobs/report.py', PYTHON],
])('a job in %s that imports the library', (_, entryfilePath, code) => {
  const project = new LocalProject(realpathSync(mkdtempSync(join(tmpdir(), 'job-library-'))));

  afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

  it('gets a large event, saves when it is interrupted, and goes on in the same attempt', async () => {
    const progress = join(project.folder, 'progress');
    project.configure(
      { type: 'stacktape-image-buildpack', properties: { entryfilePath } },
      {
        container: { environment: { PROGRESS: progress } },
        job: { useSpotInstances: true, retryConfig: { attempts: 2 } },
      },
    );
    project.write({
      ...installedLibrary(),
      'jobs/batch_job.py': readFileSync(resolve(__dirname, '../../../job/batch_job.py'), 'utf8'),
      [entryfilePath]: code,
      'event.json': JSON.stringify({ Records: [{ body: 'é'.repeat(1_000_000) }] }),
    });
    // What watches an instance sends SIGTERM to its containers; here, as soon as the job is up.
    let isSent = false;
    const {
      code: exit,
      stdout,
      stderr,
    } = await project.run(['--plain', '--event', 'event.json', '--json'], {
      onOutput: (output) => {
        if (isSent || !output.includes('nothing done')) return;
        isSent = true;
        for (const pid of processesWith(`PROGRESS=${progress}`)) process.kill(pid, 'SIGTERM');
      },
    });
    expect([exit, stderr]).toEqual([0, '']);
    const output = documents(stdout).flatMap(({ type, text }) => (type === 'output' ? [text] : []));
    expect(output).toEqual([
      'attempt 1 of 2, start 1',
      '1000000 characters, nothing done',
      'saved',
      'attempt 1 of 2, start 2',
      '1000000 characters, one message done',
    ]);
    expect(project.leftBehind).toEqual([]);
  });
});
