import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { userCache } from '../../places';
import { CHECKSUMS } from './checksums';

/** What brokers need is not on this machine; the message tells what, and how to get it. Nothing was done. */
export class NotAvailable extends Error {}

const KAFKA_VERSION = '4.3.1';

interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly without?: readonly string[];
}

const DEPENDENCIES: readonly Coordinates[] = [
  { group: 'org.apache.kafka', artifact: 'kafka_2.13', version: KAFKA_VERSION },
  {
    group: 'org.apache.kafka',
    artifact: 'kafka-tools',
    version: KAFKA_VERSION,
    // Kafka Connect brings 40 jars that nothing here loads.
    without: ['connect-runtime', 'connect-api', 'connect-json'],
  },
  // Asks an HTTP endpoint for the users of SASL PLAIN, which Kafka itself reads once, at its start.
  { group: 'io.strimzi', artifact: 'kafka-oauth-server-plain', version: '0.17.1' },
  // Without a binding Kafka writes no log at all.
  { group: 'org.slf4j', artifact: 'slf4j-simple', version: '1.7.36' },
];

/** Maven's project that copies the jars to a folder. */
function pom(jars: string): string {
  const dependencies = DEPENDENCIES.map(({ group, artifact, version, without = [] }) => {
    const exclusions = without.map(
      (name) => `<exclusion><groupId>${group}</groupId><artifactId>${name}</artifactId></exclusion>`,
    );
    return (
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>` +
      `<exclusions>${exclusions.join('')}</exclusions></dependency>`
    );
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>${dependencies.join('')}</dependencies>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>
    <executions><execution>
      <phase>package</phase><goals><goal>copy-dependencies</goal></goals>
      <configuration><includeScope>runtime</includeScope><outputDirectory>${jars}</outputDirectory></configuration>
    </execution></executions>
  </plugin></plugins></build>
</project>
`;
}

/** Where Kafka's jars are kept from one lab to the next, and what was made of them. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(userCache(env), `kafka-${KAFKA_VERSION}`);
}

/**
 * The class path of the brokers and of Kafka's command line tools: of the Kafka that KAFKA_HOME names, or of jars that
 * Maven fetches once. Each jar of Maven's is the one whose SHA-256 this package knows, or none is kept.
 *
 * @throws NotAvailable where KAFKA_HOME holds no jars, Maven cannot fetch them, or one is another than it should be
 */
export async function kafkaClassPath(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const jars = env.KAFKA_HOME ? join(env.KAFKA_HOME, 'libs') : join(cacheFolder(env), 'jars');
  if (env.KAFKA_HOME) {
    refuseIncompleteHome(jars);
  } else if (!isComplete(jars)) {
    await fetchJars(jars);
  }
  return join(jars, '*');
}

/** Whether Maven is needed: nobody named a Kafka, and none was fetched yet. */
export function needsMaven(env: NodeJS.ProcessEnv = process.env): boolean {
  return !env.KAFKA_HOME && !isComplete(join(cacheFolder(env), 'jars'));
}

function refuseIncompleteHome(libs: string): void {
  const names = existsSync(libs) ? readdirSync(libs) : [];
  const wanted = [/^kafka_2\.13-4\..*\.jar$/, /^kafka-oauth-server-plain-.*\.jar$/];
  const missing = wanted.filter((pattern) => !names.some((name) => pattern.test(name)));
  if (missing.length > 0) {
    throw new NotAvailable(
      `KAFKA_HOME is ${join(libs, '..')}, whose libs hold ${missing.length === 2 ? 'neither Kafka 4 nor' : missing[0] === wanted[0] ? 'no Kafka 4, though' : 'Kafka 4, but not'} ` +
        "io.strimzi:kafka-oauth-server-plain, with which brokers learn of the lab's API keys. Put what is missing there, " +
        'or unset KAFKA_HOME: then Maven fetches everything.',
    );
  }
}

const isComplete = (jars: string): boolean =>
  existsSync(jars) && Object.keys(CHECKSUMS).every((name) => existsSync(join(jars, name)));

/** What is fetched takes the place of the cache at once, so that no lab sees half of it. */
async function fetchJars(jars: string): Promise<void> {
  const parent = join(jars, '..');
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(join(parent, 'fetching-'));
  try {
    const fetched = join(draft, 'jars');
    writeFileSync(join(draft, 'pom.xml'), pom(fetched));
    await promisify(execFile)('mvn', ['-q', '-B', '-f', join(draft, 'pom.xml'), 'package']).catch((error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const words = `${stdout}${stderr}`.trim().split('\n').slice(0, 4).join('\n');
      throw new NotAvailable(`Maven could not fetch Kafka ${KAFKA_VERSION}: ${words || (error as Error).message}`);
    });
    await refuseOtherJars(fetched, CHECKSUMS);
    rmSync(jars, { recursive: true, force: true });
    renameSync(fetched, jars);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @throws NotAvailable unless the folder holds exactly these files, with these SHA-256 */
export async function refuseOtherJars(folder: string, checksums: Readonly<Record<string, string>>): Promise<void> {
  const found = readdirSync(folder);
  const strangers = found.filter((name) => !Object.hasOwn(checksums, name));
  const missing = Object.keys(checksums).filter((name) => !found.includes(name));
  const changed: string[] = [];
  for (const name of found.filter((file) => Object.hasOwn(checksums, file))) {
    if ((await sha256(join(folder, name))) !== checksums[name]) {
      changed.push(name);
    }
  }
  const problems = [
    ...(missing.length > 0 ? [`without ${missing.join(', ')}`] : []),
    ...(strangers.length > 0 ? [`with ${strangers.join(', ')}, which nobody asked for`] : []),
    ...(changed.length > 0 ? [`with another content of ${changed.join(', ')}`] : []),
  ];
  if (problems.length > 0) {
    throw new NotAvailable(
      `What Maven brought is not Kafka ${KAFKA_VERSION} as this version of confluent-dr knows it: ${problems.join('; ')}. ` +
        "Nothing of it is kept. See which repository Maven fetches from, and take these files out of Maven's own folder.",
    );
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
