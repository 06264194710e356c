import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What a package declares to those who import it: the declaration files that can be reached from its entry. */
export class DeclaredTypes {
  private readonly files: readonly ts.SourceFile[];
  private readonly program: ts.Program;

  public constructor(entry: string) {
    this.program = ts.createProgram([entry], {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      types: ['node'],
      typeRoots: [join(dirname(entry), '../../../@types')],
    });
    const folder = dirname(dirname(entry));
    this.files = this.program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${folder}/`));
  }

  public get fileNames(): string[] {
    return this.files.map(({ fileName }) => fileName);
  }

  /** What the compiler says of them without skipLibCheck. */
  public errors(): string[] {
    return this.files
      .flatMap((file) => [...this.program.getSemanticDiagnostics(file)])
      .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  }

  /** The places that say `any`, which would take away the checks of those who use them. */
  public anys(): string[] {
    const found: string[] = [];
    const visit = (node: ts.Node, file: ts.SourceFile): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        found.push(`${file.fileName}: ${file.text.split('\n')[line].trim()}`);
      }
      ts.forEachChild(node, (child) => visit(child, file));
    };
    this.files.forEach((file) => visit(file, file));
    return found;
  }
}
