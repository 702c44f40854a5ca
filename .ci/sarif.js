// Counts what the validator of .ci/sarif said of a report, and checks the report
// with the published schema.
//
//	node sarif.js TOOLS SCHEMA REPORT REMARKS
const fs = require("fs");
const path = require("path");
const [tools, schemaFile, reportFile, remarksFile] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const load = (name) => require(path.join(tools, "node_modules", name));

const ajv = new (load("ajv/dist/2020").default)({ strict: false, allErrors: true });
load("ajv-formats").default(ajv);
const report = read(reportFile);
const schema = ajv.compile(read(schemaFile));
const broken = schema(report) ? [] : schema.errors;

// SARIF2006 asks the network for every address.
const remarks = read(remarksFile).runs.flatMap((run) => run.results || []).filter((r) => r.ruleId !== "SARIF2006");
const level = (r) => r.level || "warning";
const bad = remarks.filter((r) => level(r) !== "note");

console.log(`${path.basename(reportFile)}: ${report.runs[0].results.length} results; ` +
  `${broken.length} breaches of the schema, ${bad.length} errors and warnings, ${remarks.length - bad.length} notes`);
for (const e of broken) console.log(`  ${e.instancePath}: ${e.message}`);
for (const r of new Map(remarks.map((r) => [r.ruleId, r])).values()) {
  const text = r.message.text || `${r.message.id} ${JSON.stringify(r.message.arguments)}`;
  console.log(`  ${level(r)} ${r.ruleId}: ${text}`.slice(0, 400));
}
process.exit(broken.length + bad.length > 0 ? 1 : 0);
