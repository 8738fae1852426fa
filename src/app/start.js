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
const [what] = process.argv.splice(2, 1);
if (what === "main") await import("./main.ts");
if (what === "cli") await import("./cli.ts");
