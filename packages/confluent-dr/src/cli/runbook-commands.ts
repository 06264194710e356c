import { type Command } from 'commander';
import { addAcl } from './acl';
import { addBlock } from './block';
import { addCanary } from './canary';
import { addCheck } from './check';
import { addConfig } from './config-show';
import { addDocument } from './document';
import { addDrill } from './drill';
import { addFailback } from './failback';
import { addFailover } from './failover';
import { addHosts } from './hosts';
import { addLag } from './lag';
import { addReady } from './ready';
import { addReport } from './report';
import { addStatus } from './status';
import { addUnblock } from './unblock';

/** The commands of the run book, each in a file of its own. */
export function addRunbook(program: Command): void {
  addConfig(program);
  addCheck(program);
  addStatus(program);
  addReady(program);
  addLag(program);
  addHosts(program);
  addFailover(program);
  addFailback(program);
  addAcl(program);
  addDocument(program);
  addBlock(program);
  addUnblock(program);
  addCanary(program);
  addDrill(program);
  addReport(program);
}
