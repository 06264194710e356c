import { existsSync } from 'node:fs';

const FLAGS = ['-Xmx192m', '-Xms32m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
const LOG_LEVEL = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

/** What Kafka's tool writes into the data of a broker that it formats, the same for all. */
export const BOOTSTRAP_FILE = 'bootstrap.checkpoint';

/** How the JVM finds Kafka, and what of its start was done before. */
export interface KafkaJars {
  readonly classPath: string;
  /** An archive of its classes, with which it starts in half of the time; used where it is there. @default - none */
  readonly classArchive?: string;
  /** A copy of the file BOOTSTRAP_FILE; used where it is there. @default - Kafka's tool writes it each time */
  readonly bootstrapFile?: string;
}

/** The command that runs a main class of Kafka's. Secrets have no place among the arguments: everybody sees them. */
export function java({ classPath, classArchive }: KafkaJars, mainClass: string, ...args: readonly string[]): string[] {
  const archive =
    classArchive !== undefined && existsSync(classArchive) ? [`-XX:SharedArchiveFile=${classArchive}`] : [];
  return ['java', ...FLAGS, ...archive, LOG_LEVEL, '-cp', classPath, mainClass, ...args];
}

/** The same, leaving an archive of the classes behind when it ends. */
export function javaWritingArchive(jars: KafkaJars, archive: string, mainClass: string, ...args: string[]): string[] {
  const [command, ...rest] = java({ classPath: jars.classPath }, mainClass, ...args);
  return [command, `-XX:ArchiveClassesAtExit=${archive}`, ...rest];
}

/** Ends well where a JVM can start with an archive, every byte of which is looked at. */
export function javaTryingArchive(jars: KafkaJars, archive: string): string[] {
  const [command, ...rest] = java({ classPath: jars.classPath, classArchive: archive }, '-version');
  return [command, '-XX:+VerifySharedSpaces', '-Xshare:on', ...rest];
}
