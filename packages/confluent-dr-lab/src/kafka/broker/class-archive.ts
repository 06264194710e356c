import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeAddresses } from './addresses';
import { makeCertificates } from './certificates';
import { endChild, run, THIS_MACHINE } from './host';
import { cacheFolder, kafkaClassPath } from './jars';
import { BOOTSTRAP_FILE, java, javaTryingArchive, javaWritingArchive, type KafkaJars } from './java';
import { apiKeys, brokerProperties, CLIENT_PORT } from './properties';

const LIMIT_MS = 120_000;

/** Everything with which brokers start quickly; what is not in the cache yet is made once, which takes half a minute. */
export async function kafkaJars(env: NodeJS.ProcessEnv = process.env): Promise<KafkaJars> {
  const classPath = await kafkaClassPath(env);
  const mark = markOf(classPath);
  const classArchive = join(cacheFolder(env), `classes-${mark}.jsa`);
  const bootstrapFile = join(cacheFolder(env), `bootstrap-${mark}.checkpoint`);
  if (!existsSync(classArchive) || !existsSync(bootstrapFile)) {
    await prepare(classPath, { classArchive, bootstrapFile });
  }
  return { classPath, classArchive, bootstrapFile };
}

/** Of other jars, or for another Java, nothing is taken. */
function markOf(classPath: string): string {
  const folder = dirname(classPath);
  const jars = readdirSync(folder)
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).size}`);
  const version = spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr;
  return createHash('sha256')
    .update([classPath, version, ...jars].join('\n'))
    .digest('hex')
    .slice(0, 12);
}

/** Whether a JVM could start with it: one that was cut off, as where the disk is full, ends each that tries. */
export function isWhole(jars: KafkaJars, classArchive: string): boolean {
  const [command, ...args] = javaTryingArchive(jars, classArchive);
  return (
    existsSync(classArchive) && spawnSync(command, args, { stdio: 'ignore', cwd: dirname(classArchive) }).status === 0
  );
}

/** Formats a broker and lets it run and end, whose JVM then writes down the classes that it had loaded. */
async function prepare(
  classPath: string,
  target: { readonly classArchive: string; readonly bootstrapFile: string },
): Promise<void> {
  const cache = dirname(target.classArchive);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'classes-'));
  try {
    const [address] = await freeAddresses(folder, 1);
    const { keystoreFile } = makeCertificates(join(folder, 'certificates'), ['localhost']);
    const properties = join(folder, 'server.properties');
    const data = join(folder, 'data');
    const settings = brokerProperties({
      index: 0,
      brokers: 1,
      external: { address, name: 'localhost' },
      internalAddress: () => address,
      data,
      keystore: keystoreFile,
      authentication: apiKeys('http://127.0.0.1:9', 'unused'),
      superUsers: ['User:ANONYMOUS'],
    });
    writeFileSync(properties, settings, { mode: 0o600 });
    const jars = { classPath };
    await run(
      THIS_MACHINE,
      java(jars, 'kafka.tools.StorageTool', 'format', '-t', 'AAAAAAAAAAAAAAAAAAAAAA', '-c', properties),
    );
    cpSync(join(data, BOOTSTRAP_FILE), join(folder, BOOTSTRAP_FILE));
    const draft = join(folder, 'classes.jsa');
    const broker = THIS_MACHINE.spawn(javaWritingArchive(jars, draft, 'kafka.Kafka', properties), { stdio: 'ignore' });
    const end = Date.now() + LIMIT_MS;
    while (!(await THIS_MACHINE.isOpen(address, CLIENT_PORT)) && broker.exitCode === null && Date.now() < end) {
      await sleep(50);
    }
    await endChild(broker, 'SIGTERM', LIMIT_MS);
    // A JVM that cannot write one starts without it all the same.
    if (isWhole(jars, draft)) {
      renameSync(draft, target.classArchive);
    }
    renameSync(join(folder, BOOTSTRAP_FILE), target.bootstrapFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
