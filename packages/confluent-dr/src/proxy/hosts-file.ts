import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DamagedBlock, linesOfBlock, type OtherLine, otherLinesOf, withBlock, withoutBlock } from './hosts-text';

/** A hosts file cannot be read or written; the message tells why and what to do. */
export class HostsFileProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HostsFileProblem';
  }
}

/** What is in a hosts file, byte by byte (latin1), and when. */
export interface ReadHostsFile {
  /** With symbolic links followed. */
  readonly path: string;
  readonly text: string;
  /** Changes whenever the file does. */
  readonly version: string;
}

/** @throws HostsFileProblem */
async function readHostsFile(file: string): Promise<ReadHostsFile> {
  return withFileErrors(file, async () => {
    const path = await realpath(file);
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) {
        throw new HostsFileProblem(`${file} is no file: give one by --file <path>.`);
      }
      return { path, text: await handle.readFile('latin1'), version: versionOf(stats) };
    } finally {
      await handle.close();
    }
  });
}

/**
 * Replaces the file as a whole: whoever reads it sees the old text or the new one. Mode and owner stay.
 *
 * @throws HostsFileProblem if it may not be written, or has changed since it was read
 */
async function writeHostsFile({ path, version }: ReadHostsFile, text: string): Promise<void> {
  await withFileErrors(path, async () => {
    const { mode, uid, gid } = await writable(path);
    // In the same folder: only there a rename is one step.
    const temporary = join(dirname(path), `.confluent-dr-${randomBytes(6).toString('hex')}`);
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await filled(handle, text, { mode: Number(mode) & 0o7777, uid: Number(uid), gid: Number(gid) });
      if (versionOf(await stat(path, { bigint: true })) !== version) {
        throw new HostsFileProblem(
          `${path} was changed by someone else at this moment and is left as it is: try again.`,
        );
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function filled(
  handle: FileHandle,
  text: string,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<void> {
  try {
    await handle.writeFile(text, 'latin1');
    const own = await handle.stat();
    if (own.uid !== uid || own.gid !== gid) {
      await handle.chown(uid, gid);
    }
    // After the owner: changing that can take bits away.
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename would replace what may not be written. */
async function writable(path: string): Promise<{ mode: bigint; uid: bigint; gid: bigint }> {
  const stats = await stat(path, { bigint: true });
  if ((stats.mode & 0o222n) === 0n) {
    throw new HostsFileProblem(
      `${path} is read-only: something else may manage it. Add the lines there, or make it writable (chmod u+w).`,
    );
  }
  await access(path, constants.W_OK);
  return stats;
}

interface Version {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

const versionOf = ({ ino, size, mtimeNs }: Version): string => `${ino}-${size}-${mtimeNs}`;

const CURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; give one by --file <path>',
  EACCES: 'it may not be read or written by you; run the same with sudo',
  EPERM: 'it may not be written by you; run the same with sudo',
  EROFS: 'its file system is read-only',
  EBUSY: 'it is mounted by itself, as in a container, and cannot be replaced in one step; add the lines by hand',
  EXDEV: 'it is mounted by itself, as in a container, and cannot be replaced in one step; add the lines by hand',
};

async function withFileErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostsFileProblem) {
      throw error;
    }
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new HostsFileProblem(`${file} is left as it is: ${CURES[code] ?? message}.`, { cause: error });
  }
}

/** What is to become of the block in a hosts file. */
export interface HostsChangeRequest {
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
export async function changeHosts({ file, block, lines, dryRun = false }: HostsChangeRequest): Promise<HostsChange> {
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
