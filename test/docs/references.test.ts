import { describe, expect, test } from "@jest/globals";
import type { Command } from "commander";
import * as z from "zod";
import { demoCommand } from "../../src/cli/demo.ts";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { initCommand } from "../../src/cli/init.ts";
import { newCommand } from "../../src/cli/new.ts";
import { planCommand } from "../../src/cli/plan.ts";
import { reconcileCommand } from "../../src/cli/reconcile.ts";
import { renderCommand } from "../../src/cli/render.ts";
import { runCommand } from "../../src/cli/run.ts";
import { serveCommand } from "../../src/cli/serve.ts";
import { statusCommand } from "../../src/cli/status.ts";
import { tektonCommand } from "../../src/cli/tekton.ts";
import { validateCommand } from "../../src/cli/validate.ts";
import { grammar } from "../../src/commands/grammar.ts";
import { rules } from "../../src/streams/rules/rules.ts";
import { codeTexts, isThere, localLinks, readPage, readPages } from "./pages.ts";

const pages = readPages();
const codes = pages.flatMap((page) => codeTexts(page).map((code) => ({ page: page.path, code })));
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readPage("package.json").text)).scripts;
const commands = new Map<string, Command>(
  [
    demoCommand,
    doctorCommand,
    initCommand,
    newCommand,
    planCommand,
    reconcileCommand,
    renderCommand,
    runCommand,
    serveCommand,
    statusCommand,
    tektonCommand,
    validateCommand,
  ].map((create) => {
    const command = create();
    return [command.name(), command];
  }),
);

/** What is called, and with which options: of `okd-streams`, and of the npm scripts that start it. */
const calls = codes.flatMap(({ page, code }) => {
  const [, called, rest = ""] = /^(?:npx )?okd-streams ([a-z]+)\b(.*)$/.exec(code) ?? [];
  if (called !== undefined) return [{ page, code, called, rest }];
  const [, script = "", more = ""] = /^npm (?:run )?(start|demo)\b(.*)$/.exec(code) ?? [];
  const [, started] = /main\.js ([a-z]+)/.exec(scripts[script] ?? "") ?? [];
  return started === undefined ? [] : [{ page, code, called: started, rest: more }];
});

describe("what the documentation names exists", () => {
  test.each(calls)("$page: $code", ({ called, rest }) => {
    const command = commands.get(called);
    const known = [command, ...(command?.commands ?? [])].flatMap(
      (each) => each?.options.flatMap(({ short, long }) => [short, long]) ?? [],
    );
    const named = rest.match(/(?<=\s)--?[a-z][a-z-]*/g) ?? [];
    expect(command?.name()).toBe(called);
    expect([...known, "--help"]).toEqual(expect.arrayContaining(named));
  });

  test("calls of several commands are among them", () => {
    expect(new Set(calls.map(({ called }) => called)).size).toBeGreaterThanOrEqual(6);
  });

  test("npm scripts", () => {
    const named = codes.flatMap(({ code }) => /^npm run ([a-z0-9:-]+)/.exec(code)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });

  test("files and folders in code", () => {
    const roots = /^(src|test|docs|deploy|schemas|tekton|\.github)\/[\w./-]+$/;
    const named = codes.filter(({ code }) => roots.test(code)).map(({ code }) => code);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  test("links", () => {
    const targets = pages.flatMap((page) => localLinks(page));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((path) => !isThere(path))).toEqual([]);
  });

  test("commands in comments", () => {
    const paths = ["/healthz", "/readyz"];
    const named = codes
      .filter(({ code }) => /^\/[a-z]+( |$)/.test(code) && !paths.includes(code))
      .map(({ code }) => code.slice(1).split(" ")[0]);
    expect(named.length).toBeGreaterThan(10);
    expect(grammar.map(({ verb }) => verb)).toEqual(expect.arrayContaining(named));
  });

  test("rules of findings", () => {
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/\bfinding `([a-z-]+)`/g)].map(([, id = ""]) => id),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(rules)).toEqual(expect.arrayContaining(named));
  });
});
