import js from "@eslint/js";
import tseslint from "typescript-eslint";

const allRooms = [
  "bot",
  "cli",
  "cluster",
  "commands",
  "demo",
  "github",
  "promotion",
  "registry",
  "runner",
  "sandbox",
  "server",
  "store",
  "streams",
  "tekton",
  "web",
  "yaml",
];

/** The rooms under src/ that each room may import: imports run one way (docs/architecture.md). */
const allowedImports = {
  yaml: [],
  tekton: ["yaml"],
  streams: ["yaml", "tekton"],
  promotion: ["streams", "yaml"],
  commands: [],
  store: ["streams", "promotion", "commands"],
  github: ["streams", "promotion", "commands", "yaml"],
  cluster: ["streams", "tekton", "yaml"],
  registry: [],
  bot: [
    "commands",
    "cluster",
    "github",
    "promotion",
    "registry",
    "store",
    "streams",
    "tekton",
    "yaml",
  ],
  web: ["cluster", "github", "promotion", "store", "streams", "tekton"],
  server: ["bot", "cluster", "github", "registry", "store", "streams", "web"],
  demo: ["runner", "sandbox"],
  runner: ["tekton", "yaml"],
  sandbox: [],
};

const importDirections = Object.entries(allowedImports).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: allRooms
          .filter((other) => other !== room && !allowed.includes(other))
          .map((other) => ({
            regex: `^(\\.\\./)+${other}/`,
            message: `src/${room} must not import src/${other}: imports run one way, see docs/architecture.md.`,
          }))
          .concat({
            regex: room === "server" ? "^$" : "^(\\.\\./)+index\\.ts$",
            message: "Only src/server loads the Probot app.",
          }),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["lib/", "coverage/", "node_modules/", ".okd-streams/"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ["*.js", "scripts/*.js", "scripts/*.mjs", "bench/*.js"],
        },
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  ...importDirections,
  {
    files: ["*.js", "scripts/*.js", "scripts/*.mjs", "bench/*.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        TextEncoder: "readonly",
        URL: "readonly",
      },
    },
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // The models of Kubernetes' client are classes that stand for plain objects.
    files: ["test/tekton-cluster/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-class-instance-assignment": "off" },
  },
);
