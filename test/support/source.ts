import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";

/** The project's own folder, for the tests that read its files. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface Import {
  readonly from: string;
  /** Nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** A source file, named from the project's folder, and what of it the rules of the house ask for. */
export interface Source {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** What the file reads of the machine: "process.env", "Date.now", "new Date()", "fetch" … */
  readonly uses: ReadonlySet<string>;
}

/** The paths under a folder of the project, with its subfolders, in order. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll("\\", "/"))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Every TypeScript and JavaScript file under the folders, read. */
export function sourcesUnder(...folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap(filesUnder)
    .filter((path) => /\.[jt]s$/.test(path))
    .map((path) => readSource(path, textOf(path)));
}

/** Reads one file's imports (static, dynamic, of types, re-exports) and its uses of the machine from its syntax. */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const imports: Import[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    imports.push({ from: moduleRequest.value, typeOnly: entries.length > 0 && entries.every(({ isType }) => isType) });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest !== null) imports.push({ from: moduleRequest.value, typeOnly: isType });
  }
  const uses = new Set<string>();
  new Visitor({
    ImportExpression({ source }) {
      imports.push({ from: source.type === "Literal" ? String(source.value) : "(computed)", typeOnly: false });
    },
    TSImportType({ source }) {
      imports.push({ from: String(source.value), typeOnly: true });
    },
    MemberExpression({ object, property, computed }) {
      const name =
        property.type === "Identifier" && !computed ? property.name : property.type === "Literal" ? String(property.value) : null;
      if (name === null) return;
      if (object.type === "Identifier") uses.add(`${object.name}.${name}`);
      if (object.type === "Identifier" && object.name === "globalThis") uses.add(name);
      if (object.type === "MemberExpression" && object.property.type === "Identifier") uses.add(`${object.property.name}.${name}`);
    },
    VariableDeclarator({ id, init }) {
      if (id.type !== "ObjectPattern" || init?.type !== "Identifier") return;
      for (const property of id.properties)
        if (property.type === "Property" && property.key.type === "Identifier") uses.add(`${init.name}.${property.key.name}`);
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type === "Identifier" && callee.name === "Date" && given.length === 0) uses.add("new Date()");
    },
    CallExpression({ callee }) {
      if (callee.type !== "Identifier") return;
      if (callee.name === "Date") uses.add("new Date()");
      if (["fetch", "setTimeout", "setInterval", "require"].includes(callee.name)) uses.add(callee.name);
    },
  }).visit(program);
  return { path, lines: text.replace(/\n$/, "").split("\n").length, imports, uses };
}
