interface TriggerText {
  readonly filter?: string;
  /** Names of `body.params` that the binding reads. */
  readonly params: readonly string[];
  readonly workspaces?: readonly string[];
  /** Params of the template that have a default. */
  readonly optional?: readonly string[];
}

/** An EventListener with one trigger, its binding and its template, as one file. */
export function triggersText({
  filter,
  params,
  workspaces = [],
  optional = [],
}: TriggerText): string {
  const bound = [
    ...params.map((name) => `    - name: ${name}\n      value: $(body.params.${name})`),
    ...workspaces.map((name) => `    - name: ${name}\n      value: $(body.workspaces.${name})`),
  ];
  const declared = [...params, ...workspaces].map(
    (name) => `    - name: ${name}${optional.includes(name) ? "\n      default: none" : ""}`,
  );
  return `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: okd-streams
spec:
  triggers:
    - name: build
      interceptors:
        - ref:
            name: github
          params:
            - name: secretRef
              value: {secretName: hook, secretKey: secret}
        - ref:
            name: cel
          params:
            - name: filter
              value: ${filter ?? "body.pipeline.name == 'build'"}
      bindings:
        - ref: build
      template:
        ref: build
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata:
  name: build
spec:
  params:
${bound.join("\n")}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: build
spec:
  params:
${declared.join("\n")}
  resourcetemplates:
    - apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata:
        name: a
      spec:
        pipelineRef: {name: build}
        params:
${[...params, ...workspaces].map((name) => `          - {name: ${name}, value: $(tt.params.${name})}`).join("\n")}
`;
}
