import { HostsFileProblem, readHostsFile, writeHostsFile } from './hosts-file';
import { DamagedBlock, linesOfBlock, otherLinesOf, type OtherLine, withBlock, withoutBlock } from './hosts-text';

/** What is to become of the block in a hosts file. */
export interface HostsWish {
  /** Path of the hosts file. */
  readonly file: string;
  /** The name of the block, in its marks. */
  readonly block: string;
  /** The lines of the block. @default - the block is taken out */
  readonly lines?: readonly string[];
  /** Whether the file is left as it is. @default false */
  readonly dryRun?: boolean;
}

/** What became of it, or would. */
export interface HostsChange {
  readonly action: 'apply' | 'remove';
  readonly file: string;
  readonly changed: boolean;
  readonly dryRun: boolean;
  /** Lines of the block that were not in it before. */
  readonly added: readonly string[];
  /** Lines that are no longer in it. */
  readonly removed: readonly string[];
  /** Lines outside the block that lead the same hosts somewhere. */
  readonly others: readonly OtherLine[];
}

/**
 * Puts the lines into the block, or takes the block out; twice is as once.
 *
 * @throws HostsFileProblem, with the file as it was
 */
export async function changeHosts({ file, block, lines, dryRun = false }: HostsWish): Promise<HostsChange> {
  const before = await readHostsFile(file);
  return marksTold(file, block, async () => {
    const text = lines ? withBlock(before.text, block, lines) : withoutBlock(before.text, block);
    const [old, now] = [linesOfBlock(before.text, block), lines ?? []];
    const changed = text !== before.text;
    if (changed && !dryRun) {
      await writeHostsFile(before, text);
    }
    return {
      action: lines ? 'apply' : 'remove',
      file,
      changed,
      dryRun,
      added: now.filter((line) => !old.includes(line)),
      removed: old.filter((line) => !now.includes(line)),
      others: otherLinesOf(dryRun ? before.text : text, block, [...old, ...now].flatMap(hostsIn)),
    };
  });
}

async function marksTold<T>(file: string, block: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DamagedBlock) {
      throw new HostsFileProblem(
        `${file} is left as it is: ${error.message}. Mend or delete the lines "# BEGIN ${block}" and "# END ${block}" ` +
          'with what belongs between them, and try again.',
        { cause: error },
      );
    }
    throw error;
  }
}

const hostsIn = (line: string): string[] => line.split(/\s+/).slice(1);
