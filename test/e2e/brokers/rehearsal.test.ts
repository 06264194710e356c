import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { BuiltProject } from '../lab/built-project';

jest.setTimeout(900_000);

describe('npm start, in a copy of the project', () => {
  let project: BuiltProject;

  beforeAll(() => {
    project = new BuiltProject();
  });

  afterAll(() => project.remove());

  test('rehearses losing the primary with real brokers and a real proxy, and leaves a report and no lab', async () => {
    const { exitCode, text } = await project.shell('npm start --silent');
    expect([exitCode, text]).toEqual([0, expect.stringContaining('Every target was met.')]);
    expect(text).toContain('with brokers of Apache Kafka, and with nginx for the proxy');
    expect(text).toMatch(
      /The drill is done, in \d+ s: the primary serves, and the secondary follows it\. RTO: \d+\.\d s from when the proxy cut clients off/,
    );
    expect(text).toMatch(/ s The lab is down, and nothing of it is left\.\s*$/);
    const rehearsals = join(project.folder, 'rehearsals');
    const [run, ...others] = readdirSync(rehearsals);
    expect(others).toEqual([]);
    expect(readdirSync(join(rehearsals, run)).sort()).toEqual(
      ['canary.jsonl', 'deploy.log', 'drill.html', 'drill.json', 'drill.log', 'drill.xml'].sort(),
    );
    const { traffic, not_proven: unproven } = JSON.parse(
      readFileSync(join(rehearsals, run, 'drill.json'), 'utf8'),
    ) as Journal;
    expect(unproven).toEqual([]);
    expect(traffic).toMatchObject({ way: 'proxy', failover: { fault: { kind: 'proxy' } }, loss: { records: 0 } });
  });
});
