import { type SideOfTopic } from './topic-observation';

/** Whether clients can write to the topic on that member now. A mirror is read-only until it is STOPPED. */
export type Writability = 'writable' | 'read-only' | 'absent' | 'unknown';

export function writabilityOf(side: SideOfTopic): Writability {
  switch (side.kind) {
    case 'topic':
      return 'writable';
    case 'mirror':
      return side.status === 'STOPPED' ? 'writable' : 'read-only';
    case 'absent':
    case 'unknown':
      return side.kind;
  }
}
