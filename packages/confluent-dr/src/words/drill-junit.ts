import { type CanarySummary } from '../canary/summary';
import { type Finding, type ReadJournal, reasonNotMeasured } from '../report/drill/report';
import { escaped } from './junit';

interface Case {
  readonly name: string;
  readonly seconds?: number;
  readonly tag?: 'failure' | 'skipped';
  readonly message?: string;
}

/** A drill as JUnit's XML: parts that failed and targets that were not met are failures, what was not measured is skipped. */
export function drillJunit(journal: ReadJournal, findings: readonly Finding[], canary?: CanarySummary): string {
  const cases: Case[] = [
    ...journal.run.map(({ activity, status, duration, exception }) => ({
      name: activity.name,
      seconds: duration,
      ...(status !== 'succeeded' && {
        tag: 'failure' as const,
        message: (exception ?? ['the journal does not tell why']).join(' '),
      }),
    })),
    ...findings.map((finding): Case => {
      const { title: name, verdict, target, actual } = finding;
      if (verdict === 'not-met') {
        return { name, tag: 'failure', message: `${actual ?? 'not measured'}, target: ${target ?? 'none'}` };
      }
      return verdict === 'not-measured'
        ? { name, tag: 'skipped', message: `not measured: ${reasonNotMeasured(finding, journal, canary)}` }
        : { name };
    }),
  ];
  const count = (tag: Case['tag']): number => cases.filter((one) => one.tag === tag).length;
  const numbers = `tests="${cases.length}" failures="${count('failure')}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${numbers} time="${journal.duration}">`,
    `  <testsuite name="${escaped(journal.experiment.title)}" ${numbers} skipped="${count('skipped')}" time="${journal.duration}" timestamp="${journal.start.slice(0, 19)}">`,
    ...cases.map(({ name, seconds, tag, message = '' }) => {
      const time = seconds === undefined ? '' : ` time="${seconds}"`;
      const head = `    <testcase classname="confluent-dr.drill" name="${escaped(name)}"${time}`;
      return tag === undefined ? `${head}/>` : `${head}><${tag} message="${escaped(message)}"/></testcase>`;
    }),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
