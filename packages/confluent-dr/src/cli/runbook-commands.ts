import { type Command } from 'commander';
import { addAcl } from './acl';
import { addCanary } from './canary';
import { addCheck } from './check';
import { addClients } from './clients';
import { addConfig } from './config-show';
import { addDrill } from './drill';
import { addDocument } from './guide';
import { addHosts } from './hosts';
import { addLag } from './lag';
import { addFailback, addFailover } from './operate';
import { addReady } from './ready';
import { addReport } from './report';
import { addStatus } from './status';
import { addBlock, addUnblock } from './toggle';

/** The commands of the runbook, each in a file of its own. */
export function addRunbook(program: Command): void {
  addConfig(program);
  addCheck(program);
  addStatus(program);
  addReady(program);
  addLag(program);
  addHosts(program);
  addClients(program);
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
