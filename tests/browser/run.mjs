// Serves the built sites and what `conforme serve` gives, then runs the tests: `node run.mjs [node --test's options]`.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./serve.mjs";

const { CONFORME, POLICIES, HOSTILE, OUT, SITE, HOSTILE_SITE } = process.env;

function conforme(policies, more = []) {
  const child = spawn(CONFORME, ["serve", "--port", "0", "--policies", policies, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((told, failed) => {
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      const found = said.match(/http:\/\/[^\s]+\//);
      if (found) told({ address: found[0], child });
    });
    child.on("exit", () => failed(new Error(`conforme serve : ${said}`)));
  });
}

const [site, hostileSite] = [await serve(SITE), await serve(HOSTILE_SITE)];
const register = ["--register", join(OUT, "registre.db")];
const [own, hostile] = [await conforme(POLICIES, register), await conforme(HOSTILE)];
const env = {
  ...process.env,
  SITE_URL: site.address,
  HOSTILE_SITE_URL: hostileSite.address,
  SERVE_URL: own.address,
  HOSTILE_SERVE_URL: hostile.address,
};
const given = process.argv.slice(2);
const named = given.filter((argument) => !argument.startsWith("--"));
const files = named.length > 0 ? named : readdirSync(".").filter((name) => name.endsWith(".test.mjs"));
// A measure is no test: it only reports.
const bench = files.every((name) => name.endsWith(".bench.mjs"));
const options = bench ? [] : ["--test", "--test-reporter=spec", ...given.filter((argument) => argument.startsWith("--"))];
const tests = spawn(process.execPath, [...options, ...files], { stdio: "inherit", env });
tests.on("exit", (code) => {
  [site, hostileSite].forEach(({ server }) => server.closeAllConnections?.() ?? server.close());
  [own, hostile].forEach(({ child }) => child.kill("SIGINT"));
  process.exit(code ?? 1);
});
