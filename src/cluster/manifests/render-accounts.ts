import type { ManifestOptions } from "./manifest-options.ts";

const rbac = "rbac.authorization.k8s.io";
const seen = ["get", "list", "watch"];

/**
 * The service accounts and what each may do: the listener reads its triggers and starts PipelineRuns, the runs do
 * nothing on the cluster, and the bot looks at runs and cancels them, and at the triggers that start them.
 */
export function renderAccounts({
  listener,
  namespace,
  serviceAccount,
}: ManifestOptions): readonly object[] {
  const triggers = `${listener}-triggers`;
  const bot = `${listener}-bot`;
  // A cluster may have a listener of this name in several namespaces.
  const interceptors = `${namespace}-${listener}-interceptors`;
  return [
    account(triggers),
    role(triggers, [
      rule("triggers.tekton.dev", ["eventlisteners", "triggers", "triggerbindings"], seen),
      rule("triggers.tekton.dev", ["triggertemplates", "interceptors"], seen),
      rule("tekton.dev", ["pipelineruns"], ["create"]),
      rule("", ["configmaps"], seen),
      rule("", ["events"], ["create", "patch"]),
    ]),
    binding("RoleBinding", { name: triggers, role: ["Role", triggers], account: triggers }),
    // Interceptors are resources of the whole cluster, and the listener looks them up. The role that Tekton brings for it
    // also lets it read every secret of the cluster, which only the interceptors' own account needs.
    role(
      interceptors,
      [rule("triggers.tekton.dev", ["clusterinterceptors", "clustertriggerbindings"], seen)],
      "ClusterRole",
    ),
    binding("ClusterRoleBinding", {
      name: interceptors,
      role: ["ClusterRole", interceptors],
      account: triggers,
      namespace,
    }),
    ...(serviceAccount === undefined
      ? [{ ...account(`${listener}-builder`), automountServiceAccountToken: false }]
      : []),
    account(bot),
    role(bot, [
      rule("tekton.dev", ["pipelineruns", "taskruns"], seen),
      rule("tekton.dev", ["pipelineruns"], ["patch"]),
      rule("", ["pods", "pods/log"], seen),
      rule("triggers.tekton.dev", ["eventlisteners", "triggers"], ["list"]),
      rule("triggers.tekton.dev", ["triggerbindings", "triggertemplates"], ["list"]),
    ]),
    binding("RoleBinding", { name: bot, role: ["Role", bot], account: bot }),
  ];
}

function account(name: string) {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name } };
}

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): object {
  return { apiGroups: [apiGroup], resources: [...resources], verbs: [...verbs] };
}

function role(
  name: string,
  rules: readonly object[],
  kind: "Role" | "ClusterRole" = "Role",
): object {
  return { apiVersion: `${rbac}/v1`, kind, metadata: { name }, rules };
}

interface Bound {
  readonly name: string;
  readonly role: readonly [kind: "Role" | "ClusterRole", name: string];
  readonly account: string;
  readonly namespace?: string;
}

function binding(
  kind: "RoleBinding" | "ClusterRoleBinding",
  { name, role: [roleKind, roleName], account: accountName, namespace }: Bound,
): object {
  return {
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: roleKind, name: roleName },
    subjects: [
      {
        kind: "ServiceAccount",
        name: accountName,
        ...(namespace === undefined ? {} : { namespace }),
      },
    ],
  };
}
