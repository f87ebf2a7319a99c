import { expect, test } from "@jest/globals";
import { busybox, imageShell } from "../../../src/runner/steps/image-shell.ts";
import { ending, startTaskEngine } from "../tasks/task-engine.ts";

const withBusybox = busybox === undefined ? test.skip : test;

withBusybox.each([
  ["alpine", true],
  ["docker.io/library/alpine:3.20", true],
  ["mirror.gcr.io/bash@sha256:00", true],
  ["busybox:1.36", true],
  ["node:20-alpine3.19", true],
  ["example.org:5000/bash", true],
  ["ubuntu", false],
  ["node:20", false],
  ["example.org/alpine/git", false],
  ["example.org/not-bash:1", false],
  ["", false],
])("whether %s has the sh of busybox: %s", (image, expected) => {
  expect(imageShell(image) !== undefined).toBe(expected);
});

withBusybox.each(["process", "auto"] as const)(
  "scripts without a shell of their own have that of their image, isolation %s",
  async (isolation) => {
    const engine = await startTaskEngine({ isolation });
    // What is no variable of Tekton's is a command to the shell, and `[[ != x ]]` a mistake that busybox's goes on after.
    const script = "if [[ $(tasks.gone.status 2>/dev/null) != x ]]; then exit 3; fi";
    const run = await engine.task("shells", {
      steps: [
        { name: "alpine", image: "alpine", script },
        { name: "named", image: "bash:5.2", script: `#!/bin/sh\n${script}` },
        { name: "with-option", image: "alpine", script: "#!/bin/sh -e\n[[ $- == *e* ]]" },
        { name: "other", image: "ubuntu", script },
      ],
    });
    await engine.close();
    expect(ending(run)).toBe('False StepFailed: "step-other" exited with code 3: Error');
  },
);
