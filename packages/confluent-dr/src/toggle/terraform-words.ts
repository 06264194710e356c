/**
 * What a person needs of all that Terraform prints in a toggle: which resource is changed and how, what is taken away or
 * given back, that it goes on, and every word of an error. What is read first, attributes and outputs are left out.
 */
export class TerraformWords {
  private mode: 'plan' | 'warning' | 'error' = 'plan';
  private readonly shown = { plan: 0, warning: 0, error: 0 };
  private omitted = 0;

  /** @param tell gets each line that is shown */
  constructor(private readonly tell: (line: string) => void) {}

  /** Takes the next line that was printed, without colours. */
  public line(line: string): void {
    const text = line.replace(/^[\s│╷╵]+/, '').replace(/\s*\[id=[^\]]*\]/, '');
    this.mode = this.modeAt(text);
    const wanted = text !== '' && (this.mode !== 'plan' || SHOWN.some((pattern) => pattern.test(text)));
    if (!wanted) {
      return;
    }
    if (this.shown[this.mode] >= MOST[this.mode]) {
      this.omitted += 1;
      return;
    }
    this.shown[this.mode] += 1;
    this.tell(text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);
  }

  /** Lines that would have been shown, had there been less. */
  public get tooMany(): number {
    return this.omitted;
  }

  private modeAt(text: string): 'plan' | 'warning' | 'error' {
    // What comes after an error belongs to it, or is another one.
    if (this.mode === 'error' || ERROR.test(text)) {
      return 'error';
    }
    if (WARNING.test(text)) {
      return 'warning';
    }
    return this.mode === 'warning' && ![...SHOWN, READING].some((pattern) => pattern.test(text)) ? 'warning' : 'plan';
  }
}

/** With both at their most, what a toggle says still fits one screen. */
const MOST = { plan: 16, warning: 6, error: 16 };

/** An error quotes the line of the configuration that it is about, which may hold a whole script. */
const LONGEST = 1000;

/** A name of the stack may come first, where cdktf prints. */
const ERROR = /(^|\s)Error: /;
const WARNING = /(^|\s)Warning: /;

/** What is read first; it ends a warning, as what is shown does. */
const READING = /: (Reading\.\.\.|Still reading|Read complete|Refreshing state)|^Terraform (used|will)/;

const SHOWN = [
  /(^|\s)# \S+ (must be|will be|is tainted|has )/,
  /(^|\s)name += "OUTAGE_/,
  /(^|\s)[~+-] value += "/,
  /(^|\s)(Plan: \d|No changes\.|Apply complete!)/,
  /: (Creating|Destroying|Modifying)\.\.\./,
  /: (Creation|Destruction|Modifications) complete/,
  // Of these, one a minute.
  /: Still (creating|destroying|modifying)\.\.\..*m0?0s elapsed/,
];
