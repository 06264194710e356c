import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/** A declaration at the top of a module. */
export interface Declaration {
  readonly file: string;
  readonly name: string;
  readonly node: ts.Node;
}

interface Module {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** By the name that it has here: where it comes from, and its name there. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

/** What a declaration can come to call: all that it names, and what that names, through every module of the project. */
export class ReachedDeclarations {
  private readonly modules = new Map<string, Module>();

  public from(file: string, name: string): Declaration[] {
    const reached = new Set<Declaration>();
    const look = (at: string, wanted: string): void => {
      const found = this.declared(at, wanted);
      if (found === undefined || reached.has(found)) {
        return;
      }
      reached.add(found);
      namesIn(found.node).forEach((each) => look(found.file, each));
    };
    look(file, name);
    return [...reached];
  }

  private declared(file: string, name: string): Declaration | undefined {
    const { declarations, imports } = this.module(file);
    const there = imports.get(name);
    return declarations.get(name) ?? (there && this.declared(there.file, there.name));
  }

  private module(file: string): Module {
    const read = this.modules.get(file) ?? moduleOf(file);
    this.modules.set(file, read);
    return read;
  }
}

function moduleOf(file: string): Module {
  const declarations = new Map<string, Declaration>();
  const imports = new Map<string, { file: string; name: string }>();
  for (const node of ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true).statements) {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const from = node.moduleSpecifier && fileOf(file, (node.moduleSpecifier as ts.StringLiteral).text);
      const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      if (from !== undefined && named && (ts.isNamedImports(named) || ts.isNamedExports(named))) {
        named.elements.forEach(({ name, propertyName }) =>
          imports.set(name.text, { file: from, name: (propertyName ?? name).text }),
        );
      }
    } else if (ts.isVariableStatement(node)) {
      node.declarationList.declarations.forEach((each) => declare(each.name.getText(), each));
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      declare(node.name!.text, node);
    }
  }
  return { declarations, imports };

  function declare(name: string, node: ts.Node): void {
    declarations.set(name, { file, name, node });
  }
}

/** Undefined for what is no module of the project. */
function fileOf(from: string, specifier: string): string | undefined {
  const path = join(dirname(from), specifier);
  return specifier.startsWith('.')
    ? [`${path}.ts`, join(path, 'index.ts')].find((candidate) => existsSync(candidate))
    : undefined;
}

function namesIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const look = (each: ts.Node): void => {
    if (ts.isIdentifier(each)) {
      names.add(each.text);
    }
    ts.forEachChild(each, look);
  };
  look(node);
  return names;
}
