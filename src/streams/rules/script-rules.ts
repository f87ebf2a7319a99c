import { warning } from "./rule.ts";
import type { Rule } from "./rule.ts";
import {
  layerBinding,
  layerListener,
  layerPipeline,
  layerTemplate,
} from "./tekton-file-examples.ts";

function step(script: string, env = ""): string {
  const lines = script.split("\n").map((line) => `        ${line}\n`);
  return `spec:\n  results:\n    - name: digest\n  steps:\n    - name: work\n      image: quay.io/example/tools:1\n${env}      script: |\n${lines.join("")}`;
}

const secret =
  "      env:\n        - name: TOKEN\n          valueFrom:\n            secretKeyRef:\n              name: chat\n              key: token\n";

const requested = {
  "tekton/layer.yaml": layerPipeline('make "$(params.version)"'),
  "tekton/template.yaml": layerTemplate(["version"], ["version"]),
  "tekton/binding.yaml": layerBinding("version"),
};

/** Rules of the scripts that steps run, and of what reaches them. */
export const scriptRules = {
  "script-errors-ignored": {
    ...warning,
    what: "A script that writes a result goes on after errors.",
    why: "Where a script names its own shell, Tekton adds no `set -e`: what a failed command left, mostly nothing, becomes the result, and the tasks after it work with that.",
    mend: "Write `set -e` at its beginning, in bash `set -euo pipefail`.",
    example: {
      of: "task",
      wrong: step(
        "#!/bin/bash\nskopeo inspect quay.io/okd/a > a.json\njq .Digest a.json > $(results.digest.path)",
      ),
      right: step(
        "#!/bin/bash\nset -euo pipefail\nskopeo inspect quay.io/okd/a > a.json\njq .Digest a.json > $(results.digest.path)",
      ),
    },
  },
  "curl-unchecked": {
    ...warning,
    what: "A step or a CronJob calls curl without `--fail`.",
    why: "curl succeeds where a server answers with an error: a build that was never started, or a page of an error instead of a file, looks like success.",
    mend: "Add `--fail`, or look at the code that `--write-out` gives.",
    example: {
      of: "task",
      wrong: step("curl -sSL https://mirror.openshift.com/sums.txt -o sums.txt"),
      right: step("curl -fsSL https://mirror.openshift.com/sums.txt -o sums.txt"),
    },
  },
  "secret-in-address": {
    ...warning,
    what: "A secret is a part of an address.",
    why: "Addresses stand in the logs of servers and proxies, and in the list of processes.",
    mend: "Send it in a header.",
    example: {
      of: "task",
      wrong: step("curl -f https://matrix.org/send?access_token=$TOKEN", secret),
      right: step('curl -f https://matrix.org/send -H "Authorization: Bearer $TOKEN"', secret),
    },
  },
  "history-deleted": {
    ...warning,
    what: "A script deletes every run.",
    why: "Nobody can look afterwards why a build failed, nor what a release was made from.",
    mend: "Keep the newest runs, or those of the last days.",
    example: {
      of: "task",
      wrong: step("tkn pipelinerun delete --all -f"),
      right: step("tkn pipelinerun delete --keep 50 -f"),
    },
  },
  "param-unused": {
    ...warning,
    what: "Nothing in a Pipeline or a Task uses a parameter that it declares.",
    why: "Who gives it believes that it has an effect.",
    mend: "Use it, or remove it.",
    example: {
      of: "task",
      wrong:
        'spec:\n  params:\n    - name: branch\n    - name: version\n  steps:\n    - image: quay.io/example/tools:1\n      command: [make, "$(params.branch)"]\n',
      right:
        'spec:\n  params:\n    - name: branch\n    - name: version\n  steps:\n    - image: quay.io/example/tools:1\n      command: [make, "$(params.branch)", "$(params.version)"]\n',
    },
  },
  "request-in-script": {
    ...warning,
    what: "A request to a listener that asks for no secret becomes a part of a script.",
    why: "Whoever reaches the listener runs what they like, with the rights of the run's service account.",
    mend: "Put the value into an `env` variable and use that in quotes, and let the trigger ask for a secret.",
    example: {
      of: "files",
      wrong: { ...requested, "tekton/listener.yaml": layerListener("layer", "none") },
      right: { ...requested, "tekton/listener.yaml": layerListener() },
    },
  },
} as const satisfies Record<string, Rule>;
