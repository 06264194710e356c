import { type HostsChange } from '../proxy/hosts-file';
import { type Look } from './text-style';

/** Each line that comes or goes, then what is so now. */
export function hostsText(change: HostsChange, { paint }: Look): string {
  const { added, removed, others, action, file } = change;
  return [
    ...removed.map((line) => paint('red', `- ${line}`)),
    ...added.map((line) => paint('green', `+ ${line}`)),
    summary(change),
    ...others.map(({ line, text }) =>
      paint(
        'yellow',
        `Line ${line} of ${file} is not of this tool and stays: ${text}${action === 'apply' ? ' (the block comes first)' : ''}`,
      ),
    ),
  ].join('\n');
}

function summary({ action, file, changed, dryRun }: HostsChange): string {
  if (!changed) {
    return action === 'apply' ? `${file} has these lines already.` : `${file} has no such block.`;
  }
  if (action === 'apply') {
    return `${dryRun ? 'Would write' : 'Wrote'} the block into ${file}.`;
  }
  return `${dryRun ? 'Would take' : 'Took'} the block out of ${file}.`;
}
