import { type Command } from 'commander';
import { createAcls } from '../execute/create-acls';
import { aclInWords, deniedOf, type MemberAcls, memberAclsOf, missingOf } from '../observe/acls';
import { type PairSource } from '../observe/observe-pair';
import { type Role, ROLES } from '../observe/pair-observation';
import { aclsText, toBeCreatedText } from '../words/acls';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { outlivingPair } from './operate';
import { addChangeOptions, addSessionOptions, type ChangeOptions, type SessionOptions, SOURCES_HELP } from './options';
import { inSession } from './session';
import { confirm, look, Progress } from './terminal';

const HELP = `${SOURCES_HELP}
A reversal of mirrors needs READ and DESCRIBE_CONFIGS on each topic, and DESCRIBE and ALTER on the cluster, for the
principal of the link's keys, on both clusters and whatever its roles are. --fix creates exactly what is missing.

Exit code 0 if nothing is missing, 3 if something could not be found out or is denied, 4 if something is missing.

Example:
  $ confluent-dr acl
  $ confluent-dr acl --fix --dry-run
  $ confluent-dr acl --fix --yes --json
`;

interface AclOptions extends SessionOptions, ChangeOptions {
  /** Whether each ACL is shown on a line of its own. */
  readonly all?: boolean;
  readonly fix?: boolean;
}

type PairAcls = Readonly<Record<Role, MemberAcls>>;

export function addAcl(program: Command): void {
  addChangeOptions(addSessionOptions(program.command('acl')))
    .description('what the principals need for a reversal, what is there, what is missing')
    .option('--fix', 'create what is missing')
    .option('--all', 'each ACL that is created, however many there are')
    .addHelpText('after', HELP)
    .action(acl);
}

async function acl(options: AclOptions): Promise<void> {
  const code = await inSession(options, async (session) => {
    const { pair, close } = outlivingPair(session);
    const progress = new Progress();
    const say = (text: string): void => {
      progress.end();
      (options.json ? console.error : console.log)(text);
    };
    try {
      progress.tell('Looking at both members …');
      const before = await memberAclsOf(pair, session.signal);
      const created = await fix(options, pair, before, say, session.signal);
      const after = created.length > 0 ? await memberAclsOf(pair, session.signal) : before;
      progress.end();
      if (options.json) {
        printDocument('acl', { command: 'acl', dryRun: options.dryRun === true, members: after, created });
      } else {
        console.log(aclsText(after, session.deployment, look()));
      }
      return exitCodeOf(after);
    } finally {
      progress.end();
      await close();
    }
  });
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

/** Creates what is missing, if that is wanted and agreed to; gives what was created. */
async function fix(
  options: AclOptions,
  pair: PairSource,
  acls: PairAcls,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<{ readonly on: Role; readonly acl: string }[]> {
  const missing = ROLES.flatMap((role) => missingOf(acls[role]));
  if (!options.fix || missing.length === 0) {
    return [];
  }
  say(`${options.dryRun ? 'Would create' : 'To be created'}:\n${toBeCreatedText(acls, options.all === true, look())}`);
  if (options.dryRun || !(await confirm(`Create ${missing.length} ACLs?`, options, signal))) {
    return [];
  }
  const created: { readonly on: Role; readonly acl: string }[] = [];
  try {
    for (const role of ROLES) {
      const { [role]: own } = acls;
      if (own.kind === 'known') {
        await createAcls({
          kafka: pair.members[role].kafka,
          principal: own.principal,
          acls: missingOf(own),
          onCreated: (each) => {
            created.push({ on: role, acl: aclInWords(each) });
            if (options.all) {
              say(`Created on the ${role}: ${aclInWords(each)}`);
            }
          },
          signal,
        });
      }
    }
  } finally {
    // Also where one of them fails.
    say(`Created: ${created.length} of ${missing.length} ACLs.`);
  }
  return created;
}

function exitCodeOf(acls: PairAcls): number {
  const members = Object.values(acls);
  if (members.some((own) => own.kind === 'unknown' || deniedOf(own).length > 0)) {
    return EXIT.refused;
  }
  return members.some((own) => missingOf(own).length > 0) ? EXIT.notThere : EXIT.done;
}
