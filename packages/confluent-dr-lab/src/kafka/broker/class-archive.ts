import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeAddresses } from './addresses';
import { makeCertificates } from './certificates';
import { endChild, run, THIS_MACHINE } from './host';
import { cacheFolder, kafkaClassPath } from './jars';
import { java, javaWritingArchive, type KafkaJars } from './java';
import { apiKeys, brokerProperties, CLIENT_PORT } from './properties';

const PATIENCE_MS = 120_000;

/** Everything with which brokers start quickly; what is not in the cache yet is made once, which takes half a minute. */
export async function kafkaJars(env: NodeJS.ProcessEnv = process.env): Promise<KafkaJars> {
  const classPath = await kafkaClassPath(env);
  const version = spawnSync('java', ['-version'], { encoding: 'utf8' }).stderr;
  const mark = createHash('sha256').update(classPath).update(version).digest('hex').slice(0, 12);
  const classArchive = join(cacheFolder(env), `classes-${mark}.jsa`);
  if (!existsSync(classArchive)) {
    await makeArchive(classPath, classArchive);
  }
  return { classPath, classArchive };
}

/** Lets a broker run and end, whose JVM then writes down the classes that it had loaded. */
async function makeArchive(classPath: string, classArchive: string): Promise<void> {
  mkdirSync(join(classArchive, '..'), { recursive: true });
  const folder = mkdtempSync(join(classArchive, '..', 'classes-'));
  try {
    const [address] = await freeAddresses(folder, 1);
    const { keystoreFile } = makeCertificates(join(folder, 'certificates'), ['localhost']);
    const properties = join(folder, 'server.properties');
    const settings = brokerProperties({
      index: 0,
      brokers: 1,
      external: { address, name: 'localhost' },
      internalAddress: () => address,
      data: join(folder, 'data'),
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
    const draft = join(folder, 'classes.jsa');
    const broker = THIS_MACHINE.spawn(javaWritingArchive(jars, draft, 'kafka.Kafka', properties), { stdio: 'ignore' });
    const end = Date.now() + PATIENCE_MS;
    while (!(await THIS_MACHINE.isOpen(address, CLIENT_PORT)) && broker.exitCode === null && Date.now() < end) {
      await sleep(50);
    }
    await endChild(broker, 'SIGTERM', PATIENCE_MS);
    // A JVM that cannot write one starts without it all the same.
    if (existsSync(draft)) {
      renameSync(draft, classArchive);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
