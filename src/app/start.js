// Plain JavaScript that an old Node can still read: it says in words what to do where Curewatch cannot run, and else starts what it is told to.
const [major] = process.versions.node.split(".");
if (Number(major) < 24) {
  process.stderr.write(
    `Curewatch runs on Node 24 or newer; this is Node ${process.versions.node}.\n` +
      "Node 24 comes with its packages: in Curewatch's folder run npm ci, then npm start (rather than node).\n" +
      "If npm was told not to run install scripts (--ignore-scripts), run: npm rebuild node --ignore-scripts=false\n",
  );
  process.exit(1);
}
// These are loaded before: of every module whose making is kept, Node keeps that in memory too, and a package that is plain JavaScript gains little by
// it. What serves for weeks is better small than quick to start; a command is better quick.
if (process.argv[2] === "main") await Promise.all([import("zod"), import("pino"), import("prom-client"), import("node-cron")]);
// What Node has made of the TypeScript is kept for the next start: stripping the types of some hundred files takes time, and memory that stays
// taken. In the folder of the packages, whose files are trusted alike; where nothing can be written there, each start does the work again.
const { enableCompileCache } = await import("node:module");
const { join } = await import("node:path");
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/curewatch"));
const [what] = process.argv.splice(2, 1);
// npm's scripts say so; what calls this file by itself, such as a test, gets no settings from a file that happens to lie there.
if (process.argv[2] === "--dotenv") {
  process.argv.splice(2, 1);
  const { DOTENV, loadDotenv } = await import("./dotenv.ts");
  const problems = loadDotenv(DOTENV);
  if (problems.length > 0) {
    const text = `The configuration cannot be read:\n${problems.join("\n")}`;
    process.stderr.write(`${text}\n`);
    if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ error: { code: "config", text } })}\n`);
    process.exit(1);
  }
}
if (what === "main") await import("./main.ts");
if (what === "cli") await import("./cli.ts");
