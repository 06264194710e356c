import { spawnSync } from 'node:child_process';
import { needsMaven, NotAvailable } from './jars';

const LEAST_JAVA = 17;

/** @throws NotAvailable with all that is missing at once */
export function requireBrokerTools(env: NodeJS.ProcessEnv = process.env): void {
  const missing = [
    javaProblem(env),
    toolProblem('openssl', ['version'], env, "for the brokers' certificates: apt-get install openssl"),
    ...(needsMaven(env)
      ? [
          toolProblem(
            'mvn',
            ['-v'],
            env,
            "to fetch Kafka's jars once: apt-get install maven (or name a Kafka with KAFKA_HOME)",
          ),
        ]
      : []),
  ].filter((problem) => problem !== undefined);
  if (missing.length > 0) {
    throw new NotAvailable(`Brokers need what this machine has not:\n${missing.map((line) => `  ${line}`).join('\n')}`);
  }
}

function javaProblem(env: NodeJS.ProcessEnv): string | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { env, encoding: 'utf8' });
  const advice = `Java ${LEAST_JAVA} or later: apt-get install openjdk-17-jre-headless`;
  if (status !== 0) {
    return `java, ${advice}`;
  }
  const version = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1]);
  return version >= LEAST_JAVA ? undefined : `java of another version than ${version}: ${advice}`;
}

function toolProblem(tool: string, words: string[], env: NodeJS.ProcessEnv, advice: string): string | undefined {
  return spawnSync(tool, words, { env }).status === 0 ? undefined : `${tool}, ${advice}`;
}
